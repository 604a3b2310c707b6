#include "storage/schema.h"

namespace codegraph {

const char* const postgres_schema = R"(
CREATE SEQUENCE codegraph_repository_key;
CREATE SEQUENCE codegraph_snapshot_key;
CREATE SEQUENCE codegraph_file_key;
CREATE SEQUENCE codegraph_content_key;
CREATE SEQUENCE codegraph_symbol_key;

CREATE TABLE codegraph_repositories (
    repo_key       bigint  NOT NULL DEFAULT nextval('codegraph_repository_key') PRIMARY KEY,
    repo_id        text    COLLATE "C" NOT NULL UNIQUE,
    name           text    NOT NULL,
    remote_url     text,
    local_path     text,
    default_branch text    NOT NULL,
    format         integer NOT NULL,            -- of everything stored for the repository; 0: its import has not ended
    generation     bigint  NOT NULL DEFAULT 0,  -- incremented by what removes shared things
    created_at     bigint  NOT NULL,            -- times are milliseconds since 1970-01-01T00:00:00Z
    updated_at     bigint  NOT NULL
);

CREATE TABLE codegraph_snapshots (
    repo_key         bigint  NOT NULL,
    snapshot_key     bigint  NOT NULL DEFAULT nextval('codegraph_snapshot_key'),  -- grows with creation
    snapshot_id      text    COLLATE "C" NOT NULL,
    commit_hash      text    COLLATE "C",
    branch_name      text    COLLATE "C",
    base_snapshot_id text    COLLATE "C",
    root             bytea   NOT NULL,          -- of the current content
    revision         bigint  NOT NULL,
    sealed           boolean NOT NULL DEFAULT false,
    committed_at     bigint,
    attrs            text    NOT NULL,          -- a JSON object
    created_at       bigint  NOT NULL,
    updated_at       bigint  NOT NULL,
    PRIMARY KEY (repo_key, snapshot_key),
    UNIQUE (repo_key, snapshot_id)
);
CREATE INDEX codegraph_snapshots_branch ON codegraph_snapshots (repo_key, branch_name);
CREATE INDEX codegraph_snapshots_commit ON codegraph_snapshots (repo_key, commit_hash);

CREATE TABLE codegraph_refs (                   -- names of snapshots, as git's branches and tags name commits
    repo_key     bigint NOT NULL,
    ref          text   COLLATE "C" NOT NULL,
    snapshot_key bigint NOT NULL,
    updated_at   bigint NOT NULL,
    PRIMARY KEY (repo_key, ref)
);
CREATE INDEX codegraph_refs_snapshot ON codegraph_refs (repo_key, snapshot_key);

CREATE TABLE codegraph_log (
    repo_key     bigint NOT NULL,
    snapshot_key bigint NOT NULL,
    revision     bigint NOT NULL,
    operation    text   NOT NULL,
    file_count   bigint NOT NULL,               -- files that differ between the roots
    actor        text,
    logged_at    bigint NOT NULL,
    root_before  bytea,
    root_after   bytea  NOT NULL,
    PRIMARY KEY (repo_key, snapshot_key, revision)
);

CREATE TABLE codegraph_tree_nodes (
    repo_key bigint NOT NULL,
    hash     bytea  NOT NULL,                   -- SHA-256 of the body
    body     bytea  NOT NULL,
    PRIMARY KEY (repo_key, hash)
) WITH (toast_tuple_target = 8160);
ALTER TABLE codegraph_tree_nodes ALTER COLUMN body SET STORAGE EXTERNAL;

CREATE TABLE codegraph_files (                  -- file versions
    repo_key         bigint  NOT NULL,
    file_key         bigint  NOT NULL DEFAULT nextval('codegraph_file_key'),
    digest           bytea   NOT NULL,
    path             text    COLLATE "C" NOT NULL,
    file_hash        text,
    attrs            text    NOT NULL,          -- a JSON object
    is_deleted       boolean NOT NULL,          -- soft-deleted, with all its chunks
    chunk_count      bigint  NOT NULL,          -- soft-deleted chunks included
    dependency_count bigint  NOT NULL,
    outline          bytea   NOT NULL,
    indexed_at       bigint  NOT NULL,
    sites            bytea,                     -- of the dependencies; NULL: none has any
    PRIMARY KEY (repo_key, file_key),
    UNIQUE (repo_key, digest)
) WITH (toast_tuple_target = 8160);
ALTER TABLE codegraph_files ALTER COLUMN outline SET STORAGE EXTERNAL;
ALTER TABLE codegraph_files ALTER COLUMN sites SET STORAGE EXTERNAL;

CREATE TABLE codegraph_chunks (                 -- the chunks of a file version, in canonical order
    repo_key          bigint  NOT NULL,
    file_key          bigint  NOT NULL,
    ordinal           bigint  NOT NULL,
    explicit_id       text,                     -- NULL: the id is computed from path, name, lines and number
    number            bigint,                   -- of a computed id: 1, or the k of its #k
    start_line        bigint  NOT NULL,
    end_line          bigint  NOT NULL,
    kind              text    COLLATE "C" NOT NULL,
    fqn               text    COLLATE "C",
    name              text    COLLATE "C" NOT NULL,
    language          text    COLLATE "C" NOT NULL,
    symbol_visibility text,
    content_key       bigint  NOT NULL,         -- in codegraph_contents
    summary           text,
    importance        double precision NOT NULL,
    is_deleted        boolean NOT NULL,
    attrs             text    NOT NULL,         -- a JSON object
    signature         text,
    own_hash          bytea,                    -- SHA-256 of the own content, where that is not the content
    PRIMARY KEY (repo_key, file_key, ordinal)
);

CREATE TABLE codegraph_symbols (                -- names that outlines refer to
    repo_key   bigint NOT NULL,
    symbol_key bigint NOT NULL DEFAULT nextval('codegraph_symbol_key'),
    name_hash  bytea  NOT NULL,                 -- SHA-256 of the name, which may be longer than an index entry
    name       text   COLLATE "C" NOT NULL,
    PRIMARY KEY (repo_key, symbol_key),
    UNIQUE (repo_key, name_hash)
);

CREATE TABLE codegraph_definitions (            -- every path that ever defined a name
    repo_key   bigint  NOT NULL,
    symbol_key bigint  NOT NULL,
    as_id      boolean NOT NULL,                -- as an explicit chunk id; else as an FQN
    path       text    COLLATE "C" NOT NULL,
    PRIMARY KEY (repo_key, symbol_key, as_id, path)
);

CREATE TABLE codegraph_contents (               -- contents that came together lie together
    repo_key    bigint NOT NULL,
    content_key bigint NOT NULL DEFAULT nextval('codegraph_content_key'),  -- grows from call to call
    hash        bytea  NOT NULL,                -- SHA-256 of the content
    content     text   NOT NULL,
    PRIMARY KEY (repo_key, content_key),
    UNIQUE (repo_key, hash)
);

CREATE TABLE codegraph_content_segments (       -- of the content index: each indexes some file versions
    repo_key      bigint NOT NULL,
    segment_key   bigint NOT NULL,              -- grows with creation
    file_count    bigint NOT NULL,              -- places of file versions, also of those that are gone
    last_file_key bigint NOT NULL,              -- the greatest that was indexed until then
    head          bytea  NOT NULL,              -- of the newest segment: which segments there are
    files         bytea  NOT NULL,              -- their keys
    PRIMARY KEY (repo_key, segment_key)
);

CREATE TABLE codegraph_content_roots (          -- of the content index: roots whose files are all in segments
    repo_key     bigint NOT NULL,
    snapshot_key bigint NOT NULL,               -- of the snapshot that had it as root
    root         bytea  NOT NULL,
    segment_key  bigint NOT NULL,               -- of the newest segment then
    seal         bytea  NOT NULL,
    PRIMARY KEY (repo_key, snapshot_key)
);

CREATE TABLE codegraph_content_grams (          -- three neighbouring bytes of a text -> file versions, in blocks
    repo_key    bigint NOT NULL,
    segment_key bigint NOT NULL,
    first_gram  bigint NOT NULL,                -- of the block
    body        bytea  NOT NULL,
    PRIMARY KEY (repo_key, segment_key, first_gram)
) WITH (toast_tuple_target = 8160);
ALTER TABLE codegraph_content_grams ALTER COLUMN body SET STORAGE EXTERNAL;
)";

// No CREATE INDEX: it expires prepared statements, among them the one that undoes an interrupted founding.
// Random 32-byte keys go to rowid tables with a UNIQUE index (measured: three times the insert rate of WITHOUT ROWID);
// keys that come in order are WITHOUT ROWID.
const char* const sqlite_schema = R"(
CREATE TABLE {repositories} (
    repo_key       INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again, so that nothing inherits what is left
    repo_id        TEXT    NOT NULL UNIQUE,
    name           TEXT    NOT NULL,
    remote_url     TEXT,
    local_path     TEXT,
    default_branch TEXT    NOT NULL,
    format         INTEGER NOT NULL,            -- of everything stored for the repository; 0: its import has not ended
    generation     INTEGER NOT NULL DEFAULT 0,  -- incremented by what removes shared things
    created_at     INTEGER NOT NULL,            -- times are milliseconds since 1970-01-01T00:00:00Z
    updated_at     INTEGER NOT NULL
);

CREATE TABLE {snapshots} (
    snapshot_key     INTEGER PRIMARY KEY AUTOINCREMENT,  -- grows with creation
    repo_key         INTEGER NOT NULL,
    snapshot_id      TEXT    NOT NULL,
    commit_hash      TEXT,
    branch_name      TEXT,
    base_snapshot_id TEXT,
    root             BLOB    NOT NULL,          -- of the current content
    revision         INTEGER NOT NULL,
    sealed           INTEGER NOT NULL DEFAULT 0,
    committed_at     INTEGER,
    attrs            TEXT    NOT NULL,          -- a JSON object
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    UNIQUE (repo_key, snapshot_id),
    UNIQUE (repo_key, branch_name, snapshot_key),  -- the index on branches
    UNIQUE (repo_key, commit_hash, snapshot_key)   -- the index on commits
);

CREATE TABLE {refs} (                           -- names of snapshots, as git's branches and tags name commits
    repo_key     INTEGER NOT NULL,
    ref          TEXT    NOT NULL,
    snapshot_key INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (repo_key, ref),
    UNIQUE (repo_key, snapshot_key, ref)  -- the index on snapshots
) WITHOUT ROWID;

CREATE TABLE {log} (
    repo_key     INTEGER NOT NULL,
    snapshot_key INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    operation    TEXT    NOT NULL,
    file_count   INTEGER NOT NULL,              -- files that differ between the roots
    actor        TEXT,
    logged_at    INTEGER NOT NULL,
    root_before  BLOB,
    root_after   BLOB    NOT NULL,
    PRIMARY KEY (repo_key, snapshot_key, revision)
) WITHOUT ROWID;

CREATE TABLE {tree_nodes} (
    repo_key INTEGER NOT NULL,
    hash     BLOB    NOT NULL,                  -- SHA-256 of the body
    body     BLOB    NOT NULL,
    UNIQUE (repo_key, hash)
);

CREATE TABLE {files} (                          -- file versions
    file_key         INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again
    repo_key         INTEGER NOT NULL,
    digest           BLOB    NOT NULL,
    path             TEXT    NOT NULL,
    file_hash        TEXT,
    attrs            TEXT    NOT NULL,          -- a JSON object
    is_deleted       INTEGER NOT NULL,          -- soft-deleted, with all its chunks
    chunk_count      INTEGER NOT NULL,          -- soft-deleted chunks included
    dependency_count INTEGER NOT NULL,
    outline          BLOB    NOT NULL,
    indexed_at       INTEGER NOT NULL,
    sites            BLOB,                      -- of the dependencies; NULL: none has any
    UNIQUE (repo_key, digest),
    UNIQUE (repo_key, file_key)  -- for those after a key
);

CREATE TABLE {chunks} (                         -- the chunks of a file version, in canonical order
    repo_key          INTEGER NOT NULL,
    file_key          INTEGER NOT NULL,
    ordinal           INTEGER NOT NULL,
    explicit_id       TEXT,                     -- NULL: the id is computed from path, name, lines and number
    number            INTEGER,                  -- of a computed id: 1, or the k of its #k
    start_line        INTEGER NOT NULL,
    end_line          INTEGER NOT NULL,
    kind              TEXT    NOT NULL,
    fqn               TEXT,
    name              TEXT    NOT NULL,
    language          TEXT    NOT NULL,
    symbol_visibility TEXT,
    content_key       INTEGER NOT NULL,         -- in codegraph_contents
    summary           TEXT,
    importance        REAL    NOT NULL,
    is_deleted        INTEGER NOT NULL,
    attrs             TEXT    NOT NULL,         -- a JSON object
    signature         TEXT,
    own_hash          BLOB,                     -- SHA-256 of the own content, where that is not the content
    PRIMARY KEY (repo_key, file_key, ordinal)
) WITHOUT ROWID;

CREATE TABLE {symbols} (                        -- names that outlines refer to
    symbol_key INTEGER PRIMARY KEY AUTOINCREMENT,
    repo_key   INTEGER NOT NULL,
    name_hash  BLOB    NOT NULL,                -- SHA-256 of the name
    name       TEXT    NOT NULL,
    UNIQUE (repo_key, name_hash)
);

CREATE TABLE {definitions} (                    -- every path that ever defined a name
    repo_key   INTEGER NOT NULL,
    symbol_key INTEGER NOT NULL,
    as_id      INTEGER NOT NULL,                -- as an explicit chunk id; else as an FQN
    path       TEXT    NOT NULL,
    PRIMARY KEY (repo_key, symbol_key, as_id, path)
) WITHOUT ROWID;

CREATE TABLE {contents} (                       -- contents that came together lie together
    content_key INTEGER PRIMARY KEY AUTOINCREMENT,  -- in the order in which they came; never given again
    repo_key    INTEGER NOT NULL,
    hash        BLOB    NOT NULL,               -- SHA-256 of the content
    content     TEXT    NOT NULL,
    UNIQUE (repo_key, hash)
);

CREATE TABLE {content_segments} (               -- of the content index: each indexes some file versions
    repo_key      INTEGER NOT NULL,
    segment_key   INTEGER NOT NULL,             -- grows with creation
    file_count    INTEGER NOT NULL,             -- places of file versions, also of those that are gone
    last_file_key INTEGER NOT NULL,             -- the greatest that was indexed until then
    head          BLOB    NOT NULL,             -- of the newest segment: which segments there are
    files         BLOB    NOT NULL,             -- their keys
    PRIMARY KEY (repo_key, segment_key)
);

CREATE TABLE {content_roots} (                  -- of the content index: roots whose files are all in segments
    repo_key     INTEGER NOT NULL,
    snapshot_key INTEGER NOT NULL,              -- of the snapshot that had it as root
    root         BLOB    NOT NULL,
    segment_key  INTEGER NOT NULL,              -- of the newest segment then
    seal         BLOB    NOT NULL,
    PRIMARY KEY (repo_key, snapshot_key)
);

CREATE TABLE {content_grams} (                  -- three neighbouring bytes of a text -> file versions, in blocks
    repo_key    INTEGER NOT NULL,
    segment_key INTEGER NOT NULL,
    first_gram  INTEGER NOT NULL,               -- of the block
    body        BLOB    NOT NULL,
    PRIMARY KEY (repo_key, segment_key, first_gram)
);
)";

}  // namespace codegraph
