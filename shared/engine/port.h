/*
 * The C face of the core: everything that passes between the core and an adapter. Plain data and noexcept functions,
 * valid C and C++. An adapter makes an operation, steps it, serves what each step asks for, and destroys it:
 *
 *     CgOperation *o = codegraph_operation_new(function, session, user, arguments, count);
 *     for (;;) switch (codegraph_operation_step(o)) { serve codegraph_operation_request(o) ... }
 *     codegraph_operation_destroy(o);
 *
 * The adapter never answers a request that fails. It reports the database's own error and destroys the operation.
 */
#ifndef CODEGRAPH_PORT_H
#define CODEGRAPH_PORT_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __cplusplus
#define CG_NOEXCEPT noexcept
extern "C" {
#else
#define CG_NOEXCEPT
#endif

typedef enum CgCellType { CG_NULL, CG_INTEGER, CG_REAL, CG_TEXT, CG_BLOB } CgCellType;

/* One value, as a view. Its maker keeps `data` alive until the request is served or the row is taken.
   Booleans are integers 0 and 1, times integers in milliseconds since 1970-01-01T00:00:00Z. */
typedef struct CgCell {
    CgCellType type;
    union {
        int64_t integer;
        double real;
        const char* data; /* text (UTF-8, not terminated), blob */
    };
    size_t size; /* of data, in bytes */
} CgCell;

/* A constant with a stable address: adapters cache their prepared plans by it. In a text, `$1` is a parameter,
   `{files}` one of our tables, `{rows(a, b)}` the parameter rows of a CG_MANY request as a relation `r` with these
   columns, and `{values(a, b <> 0)}` the columns and the source of an INSERT of those rows; codegraph_expand() writes
   all four in a database's own form. */
typedef struct CgStatement {
    const char* postgres;
    const char* sqlite;     /* NULL: the same text */
    const char* parameters; /* one letter each: i bigint, r double precision, t text, b bytea */
} CgStatement;

typedef enum CgStep {
    CG_QUERY,         /* run the statement once, with one row of parameters */
    CG_MANY,          /* run the statement for `height` rows of parameters; the rows of all of them are the answer */
    CG_QUERY_NOW,     /* as CG_QUERY, which reads what is committed by now, also where the transaction sees the past */
    CG_LOCK,          /* until the transaction ends, lock a row of our table cells[0] that has the key cells[1], in the
                         CgLockMode cells[2]. Answer: one row when the transaction did not have that lock before, so
                         that what it read may have changed while it waited */
    CG_FIND_LOCK,     /* has another transaction locked that row? Answer: one row when one has */
    CG_CHECKPOINT,    /* look whether the user wants to interrupt; cells[0], if any, is a text for the user */
    CG_FIND_FUNCTION, /* is there a SQL function named cells[0] of one text argument? Answer: one row when there is */
    CG_CALL_FUNCTION, /* call the SQL function named cells[0] with cells[1]. Answer: one row with its text or NULL */
    CG_ROW,           /* a row for the caller; taken before the next step */
    CG_DONE,
    CG_FAILED /* see codegraph_operation_failure() */
} CgStep;

typedef enum CgLockMode {
    CG_LOCK_SHARED, /* beside others that share it */
    CG_LOCK_ALONE   /* waits for all others */
} CgLockMode;

typedef struct CgRequest {
    const CgStatement* statement;
    const CgCell* cells; /* height rows of width cells; NULL in a CG_ROW whose columns are made when asked for */
    size_t width;
    size_t height;
    struct CgRows* rows; /* where the answer goes */
    const struct CgLazyRow* lazy_row;
} CgRequest;

typedef struct CgFailure {
    char sqlstate[6];
    const char* message;
    const char* hint; /* NULL: none */
} CgFailure;

typedef struct CgFunction CgFunction;   /* an entry of the registry */
typedef struct CgOperation CgOperation; /* one call of it */
typedef struct CgRows CgRows;
typedef struct CgSession CgSession; /* what the core keeps for one connection: resident graphs, settings */

typedef enum CgDatabase { CG_POSTGRES, CG_SQLITE } CgDatabase;

CgSession* codegraph_session_new(CgDatabase) CG_NOEXCEPT; /* NULL: memory is out */
void codegraph_session_destroy(CgSession*) CG_NOEXCEPT;   /* when no operation of it is left */

/* How much memory resident graphs may take, in kB: the default and the greatest value of the setting. */
#define CODEGRAPH_GRAPH_CACHE_KB 262144
#define CODEGRAPH_GRAPH_CACHE_MAX_KB INT32_MAX
void codegraph_session_set_graph_cache(CgSession*, int32_t kilobytes) CG_NOEXCEPT;

/* How many contents that are not in the content index a writer may put there, where 0 means none: the default and the
   greatest value of the setting. */
#define CODEGRAPH_AUTO_INDEX_CONTENT 500
#define CODEGRAPH_AUTO_INDEX_CONTENT_MAX 1000000
void codegraph_session_set_auto_index_content(CgSession*, int32_t contents) CG_NOEXCEPT;

/* Whether row-level security shows or hides all of a repository. The default is false: it may hide any row. */
void codegraph_session_set_row_security_by_repository(CgSession*, bool) CG_NOEXCEPT;

/* What the destroyed operations of a session have asked of the database and got. */
typedef struct CgTraffic {
    uint64_t requests;                      /* statements to run, once or for many rows */
    uint64_t rows_sent, bytes_sent;         /* rows of parameters, and their bytes */
    uint64_t rows_received, bytes_received; /* of answers */
} CgTraffic;
CgTraffic codegraph_session_traffic(const CgSession*) CG_NOEXCEPT;
/* How many lists of candidates were bound again in the graphs that a session has derived. */
uint64_t codegraph_session_lists_bound_again(const CgSession*) CG_NOEXCEPT;

const CgFunction* codegraph_find_function(const char* name) CG_NOEXCEPT; /* NULL: there is none */

/* Tells whether the statements of the function must see every row of our tables. The adapter then runs them so that the
   database refuses what row-level security would filter. */
bool codegraph_sees_all(const CgFunction*) CG_NOEXCEPT;

/* Makes an operation. Returns NULL when memory is out. The first step reports every other error. What the arguments
   point at must outlive the operation. `user` stands for the rights that the operation's statements run with: what is
   kept for one user is not shown to another. */
CgOperation* codegraph_operation_new(const CgFunction*, CgSession*, int64_t user, const CgCell* arguments,
                                     size_t count) CG_NOEXCEPT;
CgStep codegraph_operation_step(CgOperation*) CG_NOEXCEPT;
const CgRequest* codegraph_operation_request(const CgOperation*) CG_NOEXCEPT;
const CgFailure* codegraph_operation_failure(const CgOperation*) CG_NOEXCEPT;
void codegraph_operation_destroy(CgOperation*) CG_NOEXCEPT;

/* Gets a column of a CG_ROW. The cell lives as long as the row, or until the same column is asked for again. Returns
   false when memory is out. */
bool codegraph_row_cell(const CgRequest* row, size_t column, CgCell*) CG_NOEXCEPT;

/* Give an answer: first its number of columns, then cell by cell. Each returns false when memory is out. */
void codegraph_rows_begin(CgRows*, size_t columns) CG_NOEXCEPT;
bool codegraph_rows_null(CgRows*) CG_NOEXCEPT;
bool codegraph_rows_integer(CgRows*, int64_t) CG_NOEXCEPT;
bool codegraph_rows_real(CgRows*, double) CG_NOEXCEPT;
bool codegraph_rows_text(CgRows*, const char*, size_t) CG_NOEXCEPT;
bool codegraph_rows_blob(CgRows*, const char*, size_t) CG_NOEXCEPT;
void codegraph_rows_changed(CgRows*, int64_t count) CG_NOEXCEPT;

/* Writes the statement's text for a database as snprintf does: at most `size` bytes, terminated. Returns the length of
   the whole text. `table_prefix` (`"schema".codegraph_`, `main.codegraph_`) stands in front of our tables' names.

     in the statement     PostgreSQL                                      SQLite
     $1                   $1                                              ?1
     {rows(a, b)}         ROWS FROM (unnest($1), unnest($2)) AS r(a, b)   (SELECT ?1 AS a, ?2 AS b) AS r
     {values(a, b <> 0)}  (a, b) SELECT r.a, r.b <> 0 FROM ROWS FROM ...  (a, b) VALUES (?1, ?2 <> 0) */
size_t codegraph_expand(const CgStatement*, CgDatabase, const char* table_prefix, char* buffer,
                        size_t size) CG_NOEXCEPT;

/* Return how many operations and coroutine frames are alive: 0 when nothing runs. For tests. */
long codegraph_live_operations(void) CG_NOEXCEPT;
long codegraph_live_frames(void) CG_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
