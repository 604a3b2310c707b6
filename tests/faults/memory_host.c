/*
 * A host program in C, without a C++ runtime of its own, that loads the SQLite module and lets allocations fail. It
 * defines malloc() and its kin, so that it counts and refuses those of SQLite, of the module and of every library.
 *
 * usage: memory_host MODULE STORE once|persistent MOST PLACE [NAME SQL]...
 *   once        the Nth allocation of a call fails, for every N
 *   persistent  every allocation from the Nth on fails, for every N
 *   MOST        how many N of a call are tried; of more an even choice is. 0: all. -N: only that one, in this process,
 * for a debugger PLACE       memory   on a copy of STORE in memory file     on a copy of the file wal      on a copy of
 * the file in WAL mode transaction  in memory, behind a write and a savepoint of the user's empty    in memory, where
 * there are no tables of ours threads  on a copy in memory for each of four threads, which call at the same time load
 * loads the module, and then makes the call
 *
 * Every trial is a process of its own. A call must fail with SQLITE_NOMEM, or give the same rows or the same error as
 * without a fault. After a failure the tables are as before, nothing is left open, the same call gives the same rows as
 * ever, and the connection closes. Prints a line for each call: its name, its allocations, trials, failures, successes,
 * problems. The text of a problem is on lines of its own, before that line.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- allocations ---- */

static atomic_long allocations = 0; /* since the faults were switched on */
static atomic_long fail_from = 0;   /* the number of the first that fails; 0: none */
static atomic_bool counts = false;
static bool persistent = false;

static bool refused(void) {
    if (!atomic_load_explicit(&counts, memory_order_relaxed)) return false;
    const long number = atomic_fetch_add(&allocations, 1) + 1, from = atomic_load(&fail_from);
    if (from == 0 || (persistent ? number < from : number != from)) return false;
    errno = ENOMEM;
    return true;
}

extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);
extern void __libc_free(void*);

void* malloc(size_t size) {
    return refused() ? NULL : __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
    return refused() ? NULL : __libc_calloc(count, size);
}
void* realloc(void* memory, size_t size) {
    return refused() ? NULL : __libc_realloc(memory, size);
}
void* memalign(size_t alignment, size_t size) {
    return refused() ? NULL : __libc_memalign(alignment, size);
}
void* aligned_alloc(size_t alignment, size_t size) {
    return refused() ? NULL : __libc_memalign(alignment, size);
}
int posix_memalign(void** memory, size_t alignment, size_t size) {
    *memory = refused() ? NULL : __libc_memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}
void free(void* memory) {
    __libc_free(memory);
}
void* mmap(void* address, size_t size, int protection, int flags, int file, off_t offset) {
    if (refused()) return MAP_FAILED;
    return (void*)syscall(SYS_mmap, address, size, protection, flags, file, offset);
}

static void let_fail_at(long number) {
    allocations = 0;
    fail_from = number;
    counts = true;
}
/* Returns whether an allocation failed. */
static bool let_succeed(void) {
    counts = false;
    return fail_from != 0 && allocations >= fail_from;
}

/* ---- what a call gives ---- */

static uint64_t with_bytes(uint64_t hash, const void* bytes, size_t size) {
    const unsigned char* byte = bytes;
    for (size_t i = 0; i < size; i++) hash = (hash ^ byte[i]) * 1099511628211u;
    return hash;
}

typedef struct Answer {
    int code;      /* SQLITE_OK, or the primary code of the error */
    uint64_t rows; /* a hash of all values */
    long count;    /* of rows */
    char error[300];
} Answer;

static bool add_column(sqlite3* db, sqlite3_stmt* statement, int column, Answer* answer) {
    const int type = sqlite3_column_type(statement, column);
    const bool is_number = type == SQLITE_INTEGER || type == SQLITE_FLOAT; /* its text would take memory of the host's */
    const double number = is_number ? sqlite3_column_double(statement, column) : 0;
    const void* bytes = is_number ? (const void*)&number : sqlite3_column_blob(statement, column);
    const int size = is_number ? (int)sizeof number : sqlite3_column_bytes(statement, column);
    if (!bytes && type != SQLITE_NULL && sqlite3_errcode(db) == SQLITE_NOMEM) return false;
    answer->rows = with_bytes(answer->rows, &type, sizeof type);
    answer->rows = with_bytes(answer->rows, bytes, (size_t)size);
    return true;
}

static void run_statement(sqlite3* db, const char** sql, Answer* answer) {
    sqlite3_stmt* statement = NULL;
    int code = sqlite3_prepare_v2(db, *sql, -1, &statement, sql);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(statement);
        if (code == SQLITE_ROW) answer->count++;
        for (int i = 0; i < sqlite3_column_count(statement) && code == SQLITE_ROW; i++)
            if (!add_column(db, statement, i, answer)) code = SQLITE_NOMEM;
    }
    if (code != SQLITE_DONE) {
        answer->code = code & 0xff;
        snprintf(answer->error, sizeof answer->error, "%s", sqlite3_errmsg(db));
        answer->rows = with_bytes(answer->rows, answer->error, strlen(answer->error));
    }
    sqlite3_finalize(statement);
}

/* Runs statements, to the first that fails, without an allocation of ours. */
static Answer run(sqlite3* db, const char* sql) {
    Answer answer = {SQLITE_OK, 14695981039346656037u, 0, ""};
    while (answer.code == SQLITE_OK && *sql) run_statement(db, &sql, &answer);
    return answer;
}

static bool same(const Answer* a, const Answer* b) {
    return a->code == b->code && a->count == b->count && a->rows == b->rows;
}

/* Returns a hash of every row of every table of ours. */
static uint64_t content(sqlite3* db) {
    uint64_t hash = 0;
    sqlite3_stmt* names = NULL;
    sqlite3_prepare_v2(db, "SELECT 'SELECT * FROM ' || name FROM sqlite_schema WHERE type = 'table' ORDER BY name", -1,
                       &names, NULL);
    while (sqlite3_step(names) == SQLITE_ROW) {
        const Answer rows = run(db, (const char*)sqlite3_column_text(names, 0));
        hash = with_bytes(hash, &rows.rows, sizeof rows.rows);
    }
    sqlite3_finalize(names);
    return hash;
}

/* ---- connections ---- */

static const char *module_file, *store_file;
static const char* place;
static bool is_file, is_wal;

static bool is_place(const char* name) {
    return strcmp(place, name) == 0;
}

static void die(const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(2);
}

static void analyze(sqlite3_context* context, int count, sqlite3_value** values) {
    (void)count;
    char* json = sqlite3_mprintf("{\"chunks\":[{\"content\":\"%s\"}]}", sqlite3_value_text(values[0]));
    if (json)
        sqlite3_result_text(context, json, -1, sqlite3_free);
    else
        sqlite3_result_error_nomem(context);
}

static void copy_file(const char* to) {
    char buffer[65536];
    size_t size;
    FILE *in = fopen(store_file, "rb"), *out = fopen(to, "wb");
    if (!in || !out) die("cannot copy %s to %s", store_file, to);
    while ((size = fread(buffer, 1, sizeof buffer, in)) > 0) fwrite(buffer, 1, size, out);
    fclose(in);
    fclose(out);
}

static sqlite3* open_copy(const char* copy) {
    sqlite3 *db = NULL, *store = NULL;
    if (is_file) copy_file(copy);
    if (sqlite3_open(is_file ? copy : ":memory:", &db) != SQLITE_OK) die("cannot open: %s", sqlite3_errmsg(db));
    if (!is_file && !is_place("empty")) {
        if (sqlite3_open(store_file, &store) != SQLITE_OK) die("cannot open: %s", sqlite3_errmsg(store));
        sqlite3_backup* backup = sqlite3_backup_init(db, "main", store, "main");
        if (!backup || sqlite3_backup_step(backup, -1) != SQLITE_DONE) die("cannot copy: %s", sqlite3_errmsg(db));
        sqlite3_backup_finish(backup);
        sqlite3_close(store);
    }
    if (is_wal) sqlite3_exec(db, "PRAGMA journal_mode = wal", NULL, NULL, NULL);
    sqlite3_exec(db, "PRAGMA synchronous = off; CREATE TABLE mine(x)", NULL, NULL, NULL);
    sqlite3_create_function(db, "sample_analyzer", 1, SQLITE_UTF8, NULL, analyze, NULL, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    return db;
}

static int load(sqlite3* db, char* error, size_t size) {
    char* text = NULL;
    const int code = sqlite3_load_extension(db, module_file, NULL, &text);
    snprintf(error, size, "%s", text ? text : "");
    sqlite3_free(text);
    return code;
}

static sqlite3* open_store(const char* copy) {
    char error[200];
    sqlite3* db = open_copy(copy);
    if (load(db, error, sizeof error) != SQLITE_OK) die("cannot load: %s", error);
    return db;
}

static void remove_copy(const char* copy) {
    static const char* const companions[] = {"", "-journal", "-wal", "-shm"};
    char name[4096];
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++) {
        snprintf(name, sizeof name, "%s%s", copy, companions[i]);
        unlink(name);
    }
}

/* ---- one trial, in a process of its own ---- */

typedef enum Outcome { not_reached = 10, failed, succeeded, wrong } Outcome;

static Outcome problem(const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("problem: ", stdout);
    vfprintf(stdout, format, arguments);
    va_end(arguments);
    fputc('\n', stdout);
    return wrong;
}

/* Checks what the call gave while allocations failed, and the connection after it. */
static Outcome judge(sqlite3* db, const char* sql, const Answer* got, const Answer* expected, uint64_t before) {
    Answer live, again;

    /* SQLite does without the text of an error where there is no memory for it. */
    const bool lacks_text = got->code == expected->code && strcmp(got->error, sqlite3_errstr(got->code)) == 0;
    if (got->code != SQLITE_NOMEM && !lacks_text && !same(got, expected))
        return problem("%ld other rows, code %d: %s", got->count, got->code, got->error);
    live = run(db, "SELECT 1 WHERE codegraph_debug_live() <> 'operations 0 frames 0 statements 0'");
    if (live.code != SQLITE_OK || live.count > 0) return problem("something is left open %s", live.error);
    if (!sqlite3_get_autocommit(db)) return problem("a transaction is left open");
    if (got->code == SQLITE_NOMEM) {
        if (content(db) != before) return problem("something was written");
        again = run(db, sql);
        if (!same(&again, expected)) return problem("made again, the call gives %ld rows %s", again.count, again.error);
    }
    if (sqlite3_close(db) != SQLITE_OK) return problem("the connection does not close");
    return got->code == SQLITE_NOMEM ? failed : succeeded;
}

static Outcome try_call(sqlite3* db, const char* sql, const Answer* expected, long number) {
    const uint64_t before = content(db);
    let_fail_at(number);
    const Answer got = run(db, sql);
    if (!let_succeed()) return not_reached;
    return judge(db, sql, &got, expected, before);
}

/* SQLite may take back the user's whole transaction when memory is out. */
static Outcome try_in_transaction(sqlite3* db, const char* sql, const Answer* expected, long number) {
    const uint64_t outside = content(db);
    if (run(db, "BEGIN; INSERT INTO mine VALUES (1); SAVEPOINT mine").code != SQLITE_OK) return problem("no savepoint");
    const uint64_t before = content(db);
    let_fail_at(number);
    const Answer got = run(db, sql);
    if (!let_succeed()) return not_reached;
    if (!sqlite3_get_autocommit(db)) {
        if (got.code == SQLITE_NOMEM && content(db) != before) return problem("something was written");
        if (run(db, "ROLLBACK TO mine").code != SQLITE_OK || content(db) != before)
            return problem("the savepoint is lost: %s", sqlite3_errmsg(db));
        if (run(db, "ROLLBACK").code != SQLITE_OK) return problem("no ROLLBACK: %s", sqlite3_errmsg(db));
    }
    if (content(db) != outside) return problem("ROLLBACK does not take back everything");
    return judge(db, sql, &got, expected, outside);
}

static Outcome try_load(sqlite3* db, const char* sql, const Answer* expected, long number) {
    const uint64_t before = content(db);
    char error[200];
    let_fail_at(number);
    const int code = load(db, error, sizeof error);
    if (!let_succeed()) return not_reached;
    /* OpenSSL does not get over a lack of memory in its first steps: the module then refuses to be loaded. */
    if (code != SQLITE_OK && load(db, error, sizeof error) != SQLITE_OK)
        return sqlite3_close(db) == SQLITE_OK ? failed : problem("the connection does not close");
    persistent = true;
    let_fail_at(1);
    const Answer got = run(db, sql);
    let_succeed();
    const Outcome outcome = judge(db, sql, &got, expected, before);
    return outcome == wrong || code == SQLITE_OK ? outcome : failed;
}

enum { threads = 4 };

typedef struct Thread {
    pthread_t id;
    sqlite3* db;
    const char* sql;
    uint64_t before;
    Answer got;
} Thread;

static pthread_barrier_t gate;

static void* call_in_thread(void* data) {
    Thread* thread = data;
    pthread_barrier_wait(&gate);
    pthread_barrier_wait(&gate);
    thread->got = run(thread->db, thread->sql);
    return NULL;
}

static Outcome try_threads(const char* sql, const Answer* expected, long number) {
    Thread all[threads];
    Outcome outcome = succeeded;
    pthread_barrier_init(&gate, NULL, threads + 1);
    for (int i = 0; i < threads; i++) {
        all[i].db = open_store(NULL);
        all[i].sql = sql;
        all[i].before = content(all[i].db);
        if (pthread_create(&all[i].id, NULL, call_in_thread, &all[i]) != 0) die("no thread");
    }
    pthread_barrier_wait(&gate);
    let_fail_at(number);
    pthread_barrier_wait(&gate);
    for (int i = 0; i < threads; i++) pthread_join(all[i].id, NULL);
    if (!let_succeed()) return not_reached;
    for (int i = 0; i < threads; i++) {
        const Outcome judged = judge(all[i].db, sql, &all[i].got, expected, all[i].before);
        if (judged == wrong || outcome == succeeded) outcome = judged;
    }
    return outcome;
}

/* ---- the trials of a call ---- */

static char copy[64];
static sqlite3* shared_db; /* of the parent; a child has it as it was */

static Outcome try_once(const char* sql, const Answer* expected, long number) {
    if (is_place("threads")) return try_threads(sql, expected, number);
    if (is_place("load")) return try_load(open_copy(copy), sql, expected, number);
    if (is_place("transaction")) return try_in_transaction(shared_db, sql, expected, number);
    return try_call(is_file ? open_store(copy) : shared_db, sql, expected, number);
}

/* Returns the outcome of a trial in a new process, or minus the signal that ended it. */
static int try_in_process(const char* sql, const Answer* expected, long number) {
    int status = 0;
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        snprintf(copy, sizeof copy, "/tmp/codegraph_memory_%d.db", getpid());
        const Outcome outcome = try_once(sql, expected, number);
        if (is_file) remove_copy(copy);
        fflush(stdout);
        _exit(outcome);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) die("no process");
    if (WIFSIGNALED(status) && is_file) {
        snprintf(copy, sizeof copy, "/tmp/codegraph_memory_%d.db", child);
        remove_copy(copy);
    }
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

typedef struct Numbers {
    Answer expected;
    long allocations;
} Numbers;

/* Counts the allocations of a call that no fault meets, in a process of its own, since a writer changes its store. */
static Numbers count_allocations(const char* sql) {
    Numbers* shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    const pid_t child = fork();
    if (child == 0) {
        snprintf(copy, sizeof copy, "/tmp/codegraph_memory_%d.db", getpid());
        const bool loads = is_place("load");
        sqlite3* db = loads ? open_copy(copy) : is_file ? open_store(copy) : shared_db ? shared_db : open_store(copy);
        char error[200];
        let_fail_at(0);
        if (loads && load(db, error, sizeof error) != SQLITE_OK) die("cannot load: %s", error);
        if (loads) shared->allocations = allocations;
        shared->expected = run(db, sql);
        if (!loads) shared->allocations = allocations;
        counts = false;
        if (is_file) remove_copy(copy);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    return *shared;
}

static void sweep(const char* name, const char* sql, long most) {
    const Numbers numbers = count_allocations(sql);
    const bool in_threads = is_place("threads");
    const long total = numbers.allocations * (in_threads ? threads : 1);
    long trials = 0, failures = 0, successes = 0, problems = 0;
    /* The first tenth of the choice is the first allocations: what is cold is met there. */
    const long first = most == 0 ? total : most / 10;
    const double stride = most == 0 || total <= most ? 1 : (double)(total - first) / (double)(most - first);
    double next = 1;
    if (most < 0) exit(try_once(sql, &numbers.expected, -most));
    while (problems < 3 && next <= (double)total) {
        const long number = (long)next;
        const int outcome = try_in_process(sql, &numbers.expected, number);
        next += number < first ? 1 : stride;
        if (outcome == not_reached) break;
        trials++;
        failures += outcome == failed;
        successes += outcome == succeeded;
        if (outcome != failed && outcome != succeeded) {
            problems++;
            printf("problem: allocation %ld of %ld: %s%d\n", number, total, outcome < 0 ? "signal " : "outcome ",
                   outcome < 0 ? -outcome : outcome);
        }
    }
    printf("%s %ld allocations %ld trials %ld failed %ld succeeded %ld problems %s\n", name, total, trials, failures,
           successes, problems, numbers.expected.error);
    fflush(stdout);
}

int main(int count, char** arguments) {
    if (count < 6) die("usage: memory_host MODULE STORE once|persistent MOST PLACE [NAME SQL]...");
    module_file = arguments[1];
    store_file = arguments[2];
    persistent = strcmp(arguments[3], "persistent") == 0;
    place = arguments[5];
    is_wal = is_place("wal");
    is_file = is_wal || is_place("file");
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0); /* so that each allocation of SQLite is one of malloc() */
    if (is_place("memory") || is_place("transaction") || is_place("empty")) shared_db = open_store(NULL);
    for (int i = 6; i + 1 < count; i += 2) sweep(arguments[i], arguments[i + 1], atol(arguments[4]));
    return 0;
}
