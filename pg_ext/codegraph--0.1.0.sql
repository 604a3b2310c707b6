-- Generated from shared/registry/ and shared/storage/schema.cpp by `make generate`: edit those.
\echo Use "CREATE EXTENSION codegraph" to load this file. \quit

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

-- pg_dump and pg_upgrade carry what these hold.
SELECT pg_catalog.pg_extension_config_dump('codegraph_repository_key', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_snapshot_key', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_file_key', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_content_key', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_symbol_key', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_repositories', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_snapshots', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_refs', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_log', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_tree_nodes', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_files', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_chunks', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_symbols', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_definitions', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_contents', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_content_segments', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_content_roots', '');
SELECT pg_catalog.pg_extension_config_dump('codegraph_content_grams', '');

-- The functions. Those with JSON arguments take them as text, as json or as jsonb.
CREATE FUNCTION cg_save_repository(repo_id text, name text DEFAULT NULL, remote_url text DEFAULT NULL, local_path text DEFAULT NULL, default_branch text DEFAULT NULL)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_repository(text, text, text, text, text) IS
    'Creates a repository, or updates one that exists.';

CREATE FUNCTION cg_delete_repository(repo_id text)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_delete_repository(text) IS
    'Deletes a repository with all its snapshots and everything stored for it.';

CREATE FUNCTION cg_create_snapshot(repo_id text, snapshot_id text, commit_hash text DEFAULT NULL, branch_name text DEFAULT NULL, base_snapshot_id text DEFAULT NULL, committed_at text DEFAULT NULL, attrs text DEFAULT NULL)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_create_snapshot(text, text, text, text, text, text, text) IS
    'Creates a snapshot, or updates one that exists.';

CREATE FUNCTION cg_create_snapshot(repo_id text, snapshot_id text, commit_hash text, branch_name text, base_snapshot_id text, committed_at text, attrs json)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_create_snapshot(text, text, text, text, text, text, json) IS
    'Creates a snapshot, or updates one that exists.';

CREATE FUNCTION cg_create_snapshot(repo_id text, snapshot_id text, commit_hash text, branch_name text, base_snapshot_id text, committed_at text, attrs jsonb)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_create_snapshot(text, text, text, text, text, text, jsonb) IS
    'Creates a snapshot, or updates one that exists.';

CREATE FUNCTION cg_delete_snapshot(repo_id text, snapshot_id text)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_delete_snapshot(text, text) IS
    'Deletes a snapshot, its log and its refs.';

CREATE FUNCTION cg_seal_snapshot(repo_id text, snapshot_id text)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_seal_snapshot(text, text) IS
    'Makes a snapshot final.';

CREATE FUNCTION cg_set_ref(repo_id text, ref text, snapshot_id text DEFAULT NULL)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_set_ref(text, text, text) IS
    'Lets a ref mean a snapshot from now on, or takes the ref away when no snapshot is given.';

CREATE FUNCTION cg_rollback(repo_id text, snapshot_id text, revision bigint)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_rollback(text, text, bigint) IS
    'Makes the content of an earlier revision the snapshot''s next revision.';

CREATE FUNCTION cg_prune(repo_id text, keep_revisions bigint DEFAULT NULL, older_than text DEFAULT NULL)
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_prune(text, bigint, text) IS
    'Forgets old revisions of all snapshots of a repository.';

CREATE FUNCTION cg_gc(repo_id text DEFAULT NULL)
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 4000000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_gc(text) IS
    'Frees what no snapshot and no kept revision reaches, in one repository or in all but those that a newer version of codegraph wrote.';

CREATE FUNCTION cg_repair_sequences()
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_repair_sequences() IS
    'Moves the sequences that lag behind their tables to the greatest key in use.';

CREATE FUNCTION cg_save_chunk(repo_id text, snapshot_id text, chunk text)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_chunk(text, text, text) IS
    'Saves one chunk.';

CREATE FUNCTION cg_save_chunk(repo_id text, snapshot_id text, chunk json)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_chunk(text, text, json) IS
    'Saves one chunk.';

CREATE FUNCTION cg_save_chunk(repo_id text, snapshot_id text, chunk jsonb)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_chunk(text, text, jsonb) IS
    'Saves one chunk.';

CREATE FUNCTION cg_save_chunks(repo_id text, snapshot_id text, chunks text)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_chunks(text, text, text) IS
    'Saves an array of chunks, of any files, in one revision.';

CREATE FUNCTION cg_save_chunks(repo_id text, snapshot_id text, chunks json)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_chunks(text, text, json) IS
    'Saves an array of chunks, of any files, in one revision.';

CREATE FUNCTION cg_save_chunks(repo_id text, snapshot_id text, chunks jsonb)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_chunks(text, text, jsonb) IS
    'Saves an array of chunks, of any files, in one revision.';

CREATE FUNCTION cg_save_dependency(repo_id text, snapshot_id text, dependency text)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_dependency(text, text, text) IS
    'Saves one dependency.';

CREATE FUNCTION cg_save_dependency(repo_id text, snapshot_id text, dependency json)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_dependency(text, text, json) IS
    'Saves one dependency.';

CREATE FUNCTION cg_save_dependency(repo_id text, snapshot_id text, dependency jsonb)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_dependency(text, text, jsonb) IS
    'Saves one dependency.';

CREATE FUNCTION cg_save_dependencies(repo_id text, snapshot_id text, dependencies text)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_dependencies(text, text, text) IS
    'Saves an array of dependencies in one revision.';

CREATE FUNCTION cg_save_dependencies(repo_id text, snapshot_id text, dependencies json)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_dependencies(text, text, json) IS
    'Saves an array of dependencies in one revision.';

CREATE FUNCTION cg_save_dependencies(repo_id text, snapshot_id text, dependencies jsonb)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_save_dependencies(text, text, jsonb) IS
    'Saves an array of dependencies in one revision.';

CREATE FUNCTION cg_replace_file(repo_id text, base_snapshot_id text, new_snapshot_id text, file_path text, chunks text, dependencies text DEFAULT '[]', file_hash text DEFAULT NULL, attrs text DEFAULT NULL, aliases text DEFAULT '[]')
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_replace_file(text, text, text, text, text, text, text, text, text) IS
    'Makes one file of a snapshot consist of exactly these chunks, dependencies and aliases.';

CREATE FUNCTION cg_replace_file(repo_id text, base_snapshot_id text, new_snapshot_id text, file_path text, chunks json, dependencies json DEFAULT '[]', file_hash text DEFAULT NULL, attrs json DEFAULT NULL, aliases json DEFAULT '[]')
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_replace_file(text, text, text, text, json, json, text, json, json) IS
    'Makes one file of a snapshot consist of exactly these chunks, dependencies and aliases.';

CREATE FUNCTION cg_replace_file(repo_id text, base_snapshot_id text, new_snapshot_id text, file_path text, chunks jsonb, dependencies jsonb DEFAULT '[]', file_hash text DEFAULT NULL, attrs jsonb DEFAULT NULL, aliases jsonb DEFAULT '[]')
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_replace_file(text, text, text, text, jsonb, jsonb, text, jsonb, jsonb) IS
    'Makes one file of a snapshot consist of exactly these chunks, dependencies and aliases.';

CREATE FUNCTION cg_replace_files(repo_id text, base_snapshot_id text, new_snapshot_id text, files text)
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_replace_files(text, text, text, text) IS
    'Replaces or deletes many files of a snapshot at once, all or none.';

CREATE FUNCTION cg_replace_files(repo_id text, base_snapshot_id text, new_snapshot_id text, files json)
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_replace_files(text, text, text, json) IS
    'Replaces or deletes many files of a snapshot at once, all or none.';

CREATE FUNCTION cg_replace_files(repo_id text, base_snapshot_id text, new_snapshot_id text, files jsonb)
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_replace_files(text, text, text, jsonb) IS
    'Replaces or deletes many files of a snapshot at once, all or none.';

CREATE FUNCTION cg_create_incremental_snapshot(repo_id text, base_snapshot_id text, new_snapshot_id text, changed_files text, analyzer text)
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_create_incremental_snapshot(text, text, text, text, text) IS
    'Replaces the changed files of a snapshot with what an analyzer makes of them.';

CREATE FUNCTION cg_create_incremental_snapshot(repo_id text, base_snapshot_id text, new_snapshot_id text, changed_files json, analyzer text)
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_create_incremental_snapshot(text, text, text, json, text) IS
    'Replaces the changed files of a snapshot with what an analyzer makes of them.';

CREATE FUNCTION cg_create_incremental_snapshot(repo_id text, base_snapshot_id text, new_snapshot_id text, changed_files jsonb, analyzer text)
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_create_incremental_snapshot(text, text, text, jsonb, text) IS
    'Replaces the changed files of a snapshot with what an analyzer makes of them.';

CREATE FUNCTION cg_soft_delete_file_chunks(repo_id text, snapshot_id text, file_path text)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_soft_delete_file_chunks(text, text, text) IS
    'Takes a file and its chunks out of a snapshot so that they can be restored.';

CREATE FUNCTION cg_restore_file_chunks(repo_id text, snapshot_id text, file_path text)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_restore_file_chunks(text, text, text) IS
    'Brings the soft-deleted chunks of a file back, with their dependencies.';

CREATE FUNCTION cg_update_file_metadata(repo_id text, snapshot_id text, file_path text, file_hash text)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_update_file_metadata(text, text, text, text) IS
    'Sets the hash of a file.';

CREATE FUNCTION cg_index_content(repo_id text DEFAULT NULL, rebuild boolean DEFAULT false)
    RETURNS json
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_index_content(text, boolean) IS
    'Brings the content index up to date, in one repository or in all.';

CREATE FUNCTION cg_import(line text)
    RETURNS bigint
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 40000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_import(text) IS
    'Imports one line of an export.';

CREATE FUNCTION cg_config(name text, value text DEFAULT NULL)
    RETURNS text
    LANGUAGE C VOLATILE PARALLEL UNSAFE COST 400
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_config(text, text) IS
    'Sets a setting of the connection, or only returns it when no value is given.';

CREATE FUNCTION cg_repositories()
    RETURNS TABLE (repo_id text, name text, remote_url text, local_path text, default_branch text, created_at timestamptz, updated_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 2000 ROWS 10
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_repositories() IS
    'Returns all repositories, by repo_id.';

CREATE FUNCTION cg_snapshots(repo text)
    RETURNS TABLE (snapshot_id text, commit_hash text, branch_name text, base_snapshot_id text, root text, revision bigint, sealed boolean, committed_at timestamptz, attrs json, created_at timestamptz, updated_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 8000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_snapshots(text) IS
    'Returns the snapshots of a repository, in the order of creation.';

CREATE FUNCTION cg_refs(repo text)
    RETURNS TABLE (ref text, snapshot_id text, updated_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 8000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_refs(text) IS
    'Returns the refs of a repository, by ref.';

CREATE FUNCTION cg_files(repo text, snapshot text)
    RETURNS TABLE (file_path text, file_hash text, language text, chunks bigint, dependencies bigint, attrs json, last_indexed_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 400000 ROWS 1000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_files(text, text) IS
    'Returns the files of a snapshot, by path.';

CREATE FUNCTION cg_changed_files(repo text, snapshot text, manifest text)
    RETURNS TABLE (file_path text, status text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 400000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_changed_files(text, text, text) IS
    'Compares the files of a snapshot with a manifest, a JSON object of path and file hash.';

CREATE FUNCTION cg_changed_files(repo text, snapshot text, manifest json)
    RETURNS TABLE (file_path text, status text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 400000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_changed_files(text, text, json) IS
    'Compares the files of a snapshot with a manifest, a JSON object of path and file hash.';

CREATE FUNCTION cg_changed_files(repo text, snapshot text, manifest jsonb)
    RETURNS TABLE (file_path text, status text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 400000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_changed_files(text, text, jsonb) IS
    'Compares the files of a snapshot with a manifest, a JSON object of path and file hash.';

CREATE FUNCTION cg_chunks(repo text, snapshot text, include_deleted boolean DEFAULT false)
    RETURNS TABLE (chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text, language text, symbol_visibility text, signature text, content text, content_hash text, summary text, importance double precision, is_deleted boolean, attrs json, indexed_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 4000000 ROWS 10000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_chunks(text, text, boolean) IS
    'Returns the chunks of a snapshot in reader order.';

CREATE FUNCTION cg_chunk(repo text, snapshot text, chunk text)
    RETURNS TABLE (chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text, language text, symbol_visibility text, signature text, content text, content_hash text, summary text, importance double precision, is_deleted boolean, attrs json, indexed_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 4000 ROWS 1
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_chunk(text, text, text) IS
    'Returns the chunk with this id, or all chunks with this FQN when no chunk has the id.';

CREATE FUNCTION cg_file_chunks(repo text, snapshot text, file text)
    RETURNS TABLE (chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text, language text, symbol_visibility text, signature text, content text, content_hash text, summary text, importance double precision, is_deleted boolean, attrs json, indexed_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 4000 ROWS 20
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_file_chunks(text, text, text) IS
    'Returns the chunks of one file, in reader order.';

CREATE FUNCTION cg_chunk_at(repo text, snapshot text, file text, line bigint)
    RETURNS TABLE (chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text, language text, symbol_visibility text, signature text, content text, content_hash text, summary text, importance double precision, is_deleted boolean, attrs json, indexed_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 4000 ROWS 3
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_chunk_at(text, text, text, bigint) IS
    'Returns the chunks of a file that contain a line, the innermost first.';

CREATE FUNCTION cg_chunks_by_kind(repo text, snapshot text, chunk_kind text)
    RETURNS TABLE (chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text, language text, symbol_visibility text, signature text, content text, content_hash text, summary text, importance double precision, is_deleted boolean, attrs json, indexed_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 2000000 ROWS 1000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_chunks_by_kind(text, text, text) IS
    'Returns the chunks of one kind, in reader order.';

CREATE FUNCTION cg_chunks_by_fqn(symbol text, repo text DEFAULT NULL)
    RETURNS TABLE (repo_id text, snapshot_id text, chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text, language text, symbol_visibility text, signature text, content text, content_hash text, summary text, importance double precision, is_deleted boolean, attrs json, indexed_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 20000 ROWS 10
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_chunks_by_fqn(text, text) IS
    'Returns the chunks with this FQN in the current content of every snapshot.';

CREATE FUNCTION cg_search_content(query text, max_results integer DEFAULT 50, repo text DEFAULT NULL, snapshot text DEFAULT NULL)
    RETURNS TABLE (repo_id text, snapshot_id text, chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text, language text, symbol_visibility text, signature text, content text, content_hash text, summary text, importance double precision, is_deleted boolean, attrs json, indexed_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 400000 ROWS 50
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_search_content(text, integer, text, text) IS
    'Returns the chunks whose content contains the query.';

CREATE FUNCTION cg_file_hash(repo text, snapshot text, file text)
    RETURNS text
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 2000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_file_hash(text, text, text) IS
    'Returns the hash of a file, or NULL when the file has none or is not in the snapshot.';

CREATE FUNCTION cg_file_content(repo text, snapshot text, file text)
    RETURNS text
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 20000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_file_content(text, text, text) IS
    'Returns the text of a file as far as its chunks give it, or NULL when the file is not in the snapshot.';

CREATE FUNCTION cg_count_chunks(repo text, snapshot text)
    RETURNS bigint
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 20000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_count_chunks(text, text) IS
    'Returns the number of chunks of a snapshot.';

CREATE FUNCTION cg_snapshot_root(repo text, snapshot text)
    RETURNS text
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_snapshot_root(text, text) IS
    'Returns the root of a snapshot.';

CREATE FUNCTION cg_dependencies(repo text, snapshot text)
    RETURNS TABLE (from_chunk_id text, from_fqn text, to_chunk_id text, to_fqn text, relationship text, confidence double precision, is_external boolean, candidates json)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 2000000 ROWS 10000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_dependencies(text, text) IS
    'Returns the dependencies of a snapshot, one row for each saved dependency.';

CREATE FUNCTION cg_dependencies_from(repo text, snapshot text, chunk text)
    RETURNS TABLE (from_chunk_id text, from_fqn text, to_chunk_id text, to_fqn text, relationship text, confidence double precision, is_external boolean, candidates json)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 20000 ROWS 10
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_dependencies_from(text, text, text) IS
    'Returns the dependencies that start in a chunk.';

CREATE FUNCTION cg_dependencies_to(repo text, snapshot text, chunk text)
    RETURNS TABLE (from_chunk_id text, from_fqn text, to_chunk_id text, to_fqn text, relationship text, confidence double precision, is_external boolean, candidates json)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000 ROWS 10
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_dependencies_to(text, text, text) IS
    'Returns the dependencies that point at a chunk''s symbol.';

CREATE FUNCTION cg_references(repo text, snapshot text, chunk text, min_confidence double precision DEFAULT 0)
    RETURNS TABLE (file_path text, line integer, column_from integer, column_to integer, from_chunk_id text, from_fqn text, relationship text, confidence double precision)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000 ROWS 10
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_references(text, text, text, double precision) IS
    'Returns the places at which the dependencies of cg_dependencies_to stand: a row for each of their sites.';

CREATE FUNCTION cg_aliases(repo text, snapshot text)
    RETURNS TABLE (file_path text, fqn text, to_fqns json, members boolean, resolved text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 2000000 ROWS 1000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_aliases(text, text) IS
    'Returns the aliases of a snapshot''s live files, by file and as given.';

CREATE FUNCTION cg_resolve(repo text, snapshot text, path text)
    RETURNS text
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_resolve(text, text, text) IS
    'Returns the FQN of the chunk that a path stands for in a snapshot, by definitions and aliases; NULL when it stands for none, and for a path of more than 1,024 bytes.';

CREATE FUNCTION cg_symbols(repo text, snapshot text, chunk_kind text DEFAULT NULL)
    RETURNS TABLE (chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 2000000 ROWS 10000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_symbols(text, text, text) IS
    'Returns what the chunks of a snapshot define, without their contents, in reader order.';

CREATE FUNCTION cg_transitive_dependencies(repo text, snapshot text, chunk text, max_depth integer DEFAULT NULL, relationships text DEFAULT NULL, min_confidence double precision DEFAULT 0)
    RETURNS TABLE (depth integer, chunk_id text, fqn text, kind text, file_path text, start_line integer, end_line integer, via text, relationship text, score double precision, is_external boolean)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000 ROWS 1000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_transitive_dependencies(text, text, text, integer, text, double precision) IS
    'Returns every symbol that a chunk depends on, directly or not, found breadth first.';

CREATE FUNCTION cg_transitive_dependents(repo text, snapshot text, chunk text, max_depth integer DEFAULT NULL, relationships text DEFAULT NULL, min_confidence double precision DEFAULT 0)
    RETURNS TABLE (depth integer, chunk_id text, fqn text, kind text, file_path text, start_line integer, end_line integer, via text, relationship text, score double precision, is_external boolean)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000 ROWS 1000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_transitive_dependents(text, text, text, integer, text, double precision) IS
    'Returns every symbol that depends on a chunk, directly or not: what may break when the chunk changes.';

CREATE FUNCTION cg_count_dependencies(repo text, snapshot text, chunk text, max_depth integer DEFAULT NULL, relationships text DEFAULT NULL, min_confidence double precision DEFAULT 0)
    RETURNS bigint
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_count_dependencies(text, text, text, integer, text, double precision) IS
    'Returns the number of symbols that cg_transitive_dependencies would reach.';

CREATE FUNCTION cg_count_dependents(repo text, snapshot text, chunk text, max_depth integer DEFAULT NULL, relationships text DEFAULT NULL, min_confidence double precision DEFAULT 0)
    RETURNS bigint
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_count_dependents(text, text, text, integer, text, double precision) IS
    'Returns the number of symbols that cg_transitive_dependents would reach.';

CREATE FUNCTION cg_dependency_path(repo text, snapshot text, source text, target text, relationships text DEFAULT NULL)
    RETURNS TABLE (step integer, chunk_id text, fqn text, relationship text, is_external boolean)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000 ROWS 10
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_dependency_path(text, text, text, text, text) IS
    'Returns the shortest path from a source to a target, step by step.';

CREATE FUNCTION cg_cycles(repo text, snapshot text, relationships text DEFAULT NULL)
    RETURNS TABLE (cycle integer, fqn text, chunk_id text, file_path text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 2000000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_cycles(text, text, text) IS
    'Returns the symbols that depend on themselves, directly or in a cycle.';

CREATE FUNCTION cg_importance(repo text, snapshot text, relationships text DEFAULT NULL)
    RETURNS TABLE (fqn text, chunk_id text, score double precision)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 4000000 ROWS 10000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_importance(text, text, text) IS
    'Returns the PageRank of the symbols of a snapshot, highest first, then by symbol and in reader order.';

CREATE FUNCTION cg_unreferenced(repo text, snapshot text, relationships text DEFAULT NULL)
    RETURNS TABLE (chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text, language text, symbol_visibility text, signature text, content text, content_hash text, summary text, importance double precision, is_deleted boolean, attrs json, indexed_at timestamptz)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 2000000 ROWS 1000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_unreferenced(text, text, text) IS
    'Returns the chunks whose symbol nothing else depends on, in reader order.';

CREATE FUNCTION cg_impact(repo text, from_snapshot text, to_snapshot text, max_depth integer DEFAULT NULL, relationships text DEFAULT NULL, min_confidence double precision DEFAULT 0)
    RETURNS TABLE (depth integer, chunk_id text, fqn text, kind text, file_path text, start_line integer, end_line integer, via text, relationship text, score double precision, is_external boolean)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 2000000 ROWS 1000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_impact(text, text, text, integer, text, double precision) IS
    'Returns what the change from one snapshot to another can break.';

CREATE FUNCTION cg_graph_dot(repo text, snapshot text, chunk text, max_depth integer DEFAULT 2, direction text DEFAULT 'both')
    RETURNS text
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_graph_dot(text, text, text, integer, text) IS
    'Draws the neighbourhood of a chunk''s symbol as a Graphviz graph.';

CREATE FUNCTION cg_graph_mermaid(repo text, snapshot text, chunk text, max_depth integer DEFAULT 2, direction text DEFAULT 'both')
    RETURNS text
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 800000
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_graph_mermaid(text, text, text, integer, text) IS
    'Draws the neighbourhood of a chunk''s symbol as a Mermaid flowchart.';

CREATE FUNCTION cg_compare_commits(repo text, from_snapshot text, to_snapshot text, min_similarity double precision DEFAULT 0.6)
    RETURNS TABLE (change text, aspects text, fqn text, old_fqn text, kind text, old_chunk_id text, new_chunk_id text, old_file_path text, new_file_path text, old_content_hash text, new_content_hash text, similarity double precision, dependencies_added bigint, dependencies_removed bigint)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 400000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_compare_commits(text, text, text, double precision) IS
    'Returns the chunks that differ between two snapshots.';

CREATE FUNCTION cg_compare_dependencies(repo text, from_snapshot text, to_snapshot text)
    RETURNS TABLE (change text, from_chunk_id text, from_fqn text, candidates json, relationship text, old_confidence double precision, new_confidence double precision)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 400000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_compare_dependencies(text, text, text) IS
    'Returns the dependencies that differ between two snapshots, as they were saved.';

CREATE FUNCTION cg_compare_files(repo text, from_snapshot text, to_snapshot text)
    RETURNS TABLE (change text, file_path text, old_file_hash text, new_file_hash text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 200000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_compare_files(text, text, text) IS
    'Returns the files that differ between two snapshots, by path.';

CREATE FUNCTION cg_chunk_history(repo text, chunk text, branch text DEFAULT NULL)
    RETURNS TABLE (snapshot_id text, commit_hash text, committed_at timestamptz, change text, chunk_id text, content_hash text, file_path text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 200000 ROWS 20
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_chunk_history(text, text, text) IS
    'Returns the snapshots in which a chunk appeared, changed or vanished, in the order of creation.';

CREATE FUNCTION cg_log(repo text, snapshot text DEFAULT NULL)
    RETURNS TABLE (snapshot_id text, revision bigint, operation text, file_count bigint, actor text, logged_at timestamptz, root_before text, root_after text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 40000 ROWS 100
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_log(text, text) IS
    'Returns the revisions of one snapshot, or of all snapshots of a repository.';

CREATE FUNCTION cg_export(repo text)
    RETURNS TABLE (line text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 40000000 ROWS 10000
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_export(text) IS
    'Returns a whole repository as lines of JSON, for cg_import in any database.';

CREATE FUNCTION cg_stats(repo text DEFAULT NULL)
    RETURNS TABLE (repositories bigint, snapshots bigint, file_versions bigint, chunks bigint, dependencies bigint, contents bigint, storage_bytes bigint)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 4000000 ROWS 1
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_stats(text) IS
    'Counts what is stored, in one repository or in all.';

CREATE FUNCTION cg_status(repo text DEFAULT NULL)
    RETURNS TABLE (repo_id text, format bigint, snapshots bigint, revisions bigint, file_versions bigint, contents_not_indexed bigint, last_write_at timestamptz, kept_graphs bigint, kept_graph_bytes bigint, graph_hits bigint, graph_misses bigint, graph_images bigint, graph_image_bytes bigint, graph_image_hits bigint)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 400000 ROWS 10
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_status(text) IS
    'Tells the state of one repository, or of all, and what this connection keeps in memory.';

CREATE FUNCTION cg_verify(repo text DEFAULT NULL)
    RETURNS TABLE (repo_id text, object text, problem text)
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 40000000 ROWS 1
    AS 'MODULE_PATHNAME', 'codegraph_rows';
COMMENT ON FUNCTION cg_verify(text) IS
    'Recomputes every hash and looks up every reference, in one repository or in all, and returns what is wrong.';

CREATE FUNCTION cg_version()
    RETURNS text
    LANGUAGE C STABLE PARALLEL RESTRICTED COST 40
    AS 'MODULE_PATHNAME', 'codegraph_scalar';
COMMENT ON FUNCTION cg_version() IS
    'Returns the version of the extension.';
