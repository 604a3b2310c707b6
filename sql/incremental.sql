\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_create_incremental_snapshot: files whose hash differs are given to an analyzer, a SQL function path -> JSON.

-- sample_analyzer answers from this table; in SQLite the host program has registered the same.
CREATE TABLE analysis (path text, json text);
\if :{?SQLITE}
\else
CREATE FUNCTION sample_analyzer(path text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE answer text;
BEGIN
    SELECT json INTO answer FROM analysis WHERE analysis.path = sample_analyzer.path;
    IF answer LIKE 'RAISE %' THEN
        RAISE EXCEPTION '%', substr(answer, 7);
    END IF;
    RETURN answer;
END $$;
\endif
INSERT INTO analysis VALUES
    ('a.py', '{"chunks": [{"fqn": "a.f", "content": "f"}], "dependencies": [{"from_fqn": "a.f", "to_fqn": "b.g"}], "file_hash": "hash a 1", "attrs": {"by": "analyzer"}}'),
    ('b.py', '{"chunks": [{"fqn": "b.g", "content": "g"}, {"fqn": "b.h", "content": "h", "start_line": 2}]}'),
    ('c.py', '{"chunks": []}');

SELECT cg_save_repository('incremental');
SELECT cg_create_snapshot('incremental', 'v0');
-- the analyzer's hash counts first, then the given one, then the computed one; d.py is not there
SELECT cg_create_incremental_snapshot('incremental', 'v0', 'v1', '[{"file_path": "a.py", "file_hash": "given a"}, {"file_path": "b.py", "file_hash": "given b"}, "c.py", "d.py"]', 'sample_analyzer');
SELECT file_path, file_hash, chunks, dependencies, attrs FROM cg_files('incremental', 'v1');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('incremental');

-- a file whose given hash is its hash is skipped without calling the analyzer, which would raise now
UPDATE analysis SET json = 'RAISE not to be called for ' || path;
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'v2', '[{"file_path": "a.py", "file_hash": "hash a 1"}, {"file_path": "b.py", "file_hash": "given b"}]', 'sample_analyzer');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('incremental') WHERE snapshot_id = 'v2';
-- another hash, or none, and it is called; its error passes through, and nothing of the call stays
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'v3', '[{"file_path": "b.py", "file_hash": "given b"}, {"file_path": "a.py", "file_hash": "given a"}]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'v3', '["b.py"]', 'sample_analyzer');
SELECT count(*) AS made FROM cg_snapshots('incremental') WHERE snapshot_id = 'v3';

-- b.py changed, a.py did not, c.py is gone, e.py is new
DELETE FROM analysis;
INSERT INTO analysis VALUES
    ('b.py', '{"chunks": [{"fqn": "b.g", "content": "g"}, {"fqn": "b.h", "content": "h changed", "start_line": 2}, {"fqn": "b.i", "content": "i", "start_line": 3}], "dependencies": [{"from_fqn": "b.i", "to_fqn": "a.f"}, {"from_fqn": "b.i", "to_fqn": "b.g"}]}'),
    ('e.py', '{"chunks": [{"content": "e", "file_path": "e.py"}], "dependencies": null, "file_hash": null, "attrs": null}');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'v2', '[{"file_path": "a.py", "file_hash": "hash a 1"}, {"file_path": "b.py", "file_hash": "blob b 2"}, {"file_path": "c.py", "file_hash": "blob c 2"}, {"file_path": "e.py", "file_hash": null}]', 'sample_analyzer');
SELECT file_path, file_hash, chunks, dependencies, attrs FROM cg_files('incremental', 'v2');
SELECT * FROM cg_dependencies('incremental', 'v2');
-- again: what was analysed is skipped now by the hash in v2, the others are unchanged
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'v2', '[{"file_path": "a.py", "file_hash": "hash a 1"}, {"file_path": "b.py", "file_hash": "blob b 2"}, {"file_path": "c.py", "file_hash": "blob c 2"}, {"file_path": "e.py", "file_hash": null}]', 'sample_analyzer');
SELECT snapshot_id, revision FROM cg_snapshots('incremental');
-- in place; no files at all
SELECT cg_create_incremental_snapshot('incremental', 'v2', 'v2', '[{"file_path": "e.py", "file_hash": "blob e"}]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v2', 'v2', '[]', 'sample_analyzer');
SELECT cg_file_hash('incremental', 'v2', 'e.py');
-- a soft-deleted file is never skipped; analysing replaces it
SELECT cg_soft_delete_file_chunks('incremental', 'v2', 'e.py');
SELECT cg_create_incremental_snapshot('incremental', 'v2', 'v2', '[{"file_path": "e.py", "file_hash": "blob e"}]', 'sample_analyzer');
-- an empty snapshot is adopted: hashes are base's at first
SELECT cg_create_snapshot('incremental', 'adopted');
SELECT cg_create_incremental_snapshot('incremental', 'v2', 'adopted', '[{"file_path": "a.py", "file_hash": "hash a 1"}]', 'sample_analyzer');
SELECT snapshot_id, base_snapshot_id, revision FROM cg_snapshots('incremental') WHERE snapshot_id = 'adopted';
SELECT * FROM cg_compare_files('incremental', 'v2', 'adopted');
-- what is named must be there; the recorded base counts
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'adopted', '[]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'nowhere', 'v9', '[]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('nowhere', 'v1', 'v9', '[]', 'sample_analyzer');

-- an analyzer that is not there, also when nothing has to be analysed
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["a.py"]', 'no_such_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '[]', 'no_such_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '[]', '');
-- one that returns nonsense
DELETE FROM analysis;
INSERT INTO analysis VALUES ('text', 'no JSON'), ('nothing', ''), ('array', '[]'), ('null', 'null'), ('no chunks', '{}'),
    ('unknown', '{"chunks": [], "file_path": "unknown"}'), ('twice', '{"chunks": [], "chunks": []}'), ('path', '{"chunks": [{"content": "", "file_path": "other"}]}'),
    ('content', '{"chunks": [{"content": 1}]}'), ('source', '{"chunks": [], "dependencies": [{"from_fqn": "a.f", "to_fqn": "x"}]}'), ('hash', '{"chunks": [], "file_hash": ""}'),
    ('id', '{"chunks": [{"content": "", "chunk_id": "incremental:a.py:f:1-1"}]}');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["text"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["nothing"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["array"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["null"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["no chunks"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["unknown"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["twice"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["path"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["content"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["source"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["hash"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["id"]', 'sample_analyzer');
-- changed_files that are wrong
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["a.py", {"file_path": "a.py"}]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '[{"file_hash": "h"}]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '[{"file_path": "a.py", "hash": "h"}]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '[1]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '["../a.py"]', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', 'never', '{}', 'sample_analyzer');
SELECT cg_create_incremental_snapshot('incremental', 'v1', '', '[]', 'sample_analyzer');
SELECT count(*) AS made FROM cg_snapshots('incremental') WHERE snapshot_id = 'never';

\if :{?SQLITE}
\else
DROP FUNCTION sample_analyzer(text);
\endif
DROP TABLE analysis;
