\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Dependencies: saved between a chunk and a symbol, bound when a snapshot is read.

SELECT cg_save_repository('deps');
SELECT cg_create_snapshot('deps', 'main');
SELECT cg_save_chunks('deps', 'main', '[
    {"file_path": "a.py", "fqn": "a.f", "content": "f"},
    {"file_path": "a.py", "fqn": "a.g", "content": "g", "start_line": 2},
    {"file_path": "b.py", "fqn": "b.h", "content": "h"},
    {"file_path": "b.py", "fqn": "b.h", "content": "h again", "start_line": 3},
    {"file_path": "c.txt", "name": "plain", "content": "no fqn"},
    {"file_path": "d.py", "fqn": "d.x", "content": "x", "chunk_id": "the x"}]');

-- relationship CALLS and confidence 1 by default; each end by id or by FQN
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g"}');
SELECT cg_save_dependency('deps', 'main', '{"from_chunk_id": "deps:a.py:f:1-1", "to_chunk_id": "deps:b.py:h:3-3", "relationship": "IMPORTS", "confidence": 0.25}');
SELECT cg_save_dependencies('deps', 'main', '[
    {"from_fqn": "a.f", "to_chunk_id": "deps:c.txt:plain:1-1"},
    {"from_fqn": "b.h", "to_fqn": "not.here", "relationship": "EXTENDS"},
    {"from_chunk_id": "deps:b.py:h:3-3", "to_fqn": "a.f", "confidence": 0},
    {"from_chunk_id": "deps:c.txt:plain:1-1", "to_fqn": "the x", "relationship": "X_1"},
    {"from_chunk_id": "the x", "to_fqn": "d.x", "relationship": "FLOWS", "confidence": 1}]');
-- by from chunk in reader order, target symbol, relationship; to_chunk_id is the first chunk that defines the target
SELECT * FROM cg_dependencies('deps', 'main');

-- saving one again replaces its confidence; twice in one call, the last counts; the same again is no revision
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "confidence": 0.5}');
SELECT cg_save_dependencies('deps', 'main', '[{"from_fqn": "a.f", "to_fqn": "a.g", "confidence": 0.6}, {"from_fqn": "a.f", "to_fqn": "a.g", "relationship": "CALLS", "confidence": 0.7}, {"from_fqn": "a.f", "to_fqn": "a.g", "relationship": "TYPED_BY"}]');
SELECT * FROM cg_dependencies_from('deps', 'main', 'a.f');
SELECT revision, updated_at AS before FROM cg_snapshots('deps') \gset
SELECT cg_save_dependency('deps', 'main', '{"from_chunk_id": "deps:a.py:f:1-1", "to_chunk_id": "deps:a.py:g:2-2", "confidence": 0.7}');
SELECT cg_save_dependencies('deps', 'main', '[]');
SELECT count(*) AS untouched FROM cg_snapshots('deps') WHERE revision = :revision AND updated_at = :'before';

-- _from: a chunk id means that chunk's own, an FQN those of all its chunks
SELECT * FROM cg_dependencies_from('deps', 'main', 'b.h');
SELECT * FROM cg_dependencies_from('deps', 'main', 'deps:b.py:h:3-3');
SELECT * FROM cg_dependencies_from('deps', 'main', 'deps:c.txt:plain:1-1');
SELECT * FROM cg_dependencies_from('deps', 'main', 'not.here');
SELECT * FROM cg_dependencies_from('deps', 'main', 'nowhere');
-- _to: all that point at the symbol, which a chunk id stands for
SELECT * FROM cg_dependencies_to('deps', 'main', 'a.g');
SELECT * FROM cg_dependencies_to('deps', 'main', 'deps:a.py:g:2-2');
SELECT * FROM cg_dependencies_to('deps', 'main', 'deps:b.py:h:1-1');
SELECT * FROM cg_dependencies_to('deps', 'main', 'not.here');
SELECT * FROM cg_dependencies_to('deps', 'main', 'the x');
SELECT * FROM cg_dependencies_to('deps', 'main', 'deps:c.txt:plain:1-1');
SELECT * FROM cg_dependencies_to('deps', 'main', 'nowhere');

-- an external name is bound when a chunk defines it, and external again when it is gone
SELECT cg_save_chunk('deps', 'main', '{"file_path": "late.py", "fqn": "not.here", "content": "now"}');
SELECT * FROM cg_dependencies_to('deps', 'main', 'not.here');
SELECT cg_replace_files('deps', 'main', 'main', '[{"file_path": "late.py", "deleted": true}]');
SELECT * FROM cg_dependencies_to('deps', 'main', 'not.here');
-- in a snapshot of its own, so that the other keeps it external
SELECT cg_create_snapshot('deps', 'later', NULL, NULL, 'main');
SELECT cg_save_chunk('deps', 'later', '{"file_path": "0.py", "fqn": "b.h", "content": "now the first"}');
SELECT from_chunk_id, to_chunk_id, to_fqn FROM cg_dependencies_to('deps', 'later', 'b.h');
SELECT from_chunk_id, to_chunk_id, to_fqn FROM cg_dependencies_to('deps', 'main', 'b.h');

-- lines move: what points at an FQN still arrives, what points at a chunk without one is lost
SELECT cg_replace_files('deps', 'later', 'later', '[
    {"file_path": "a.py", "chunks": [{"fqn": "a.f", "content": "f", "start_line": 5}, {"fqn": "a.g", "content": "g", "start_line": 8}], "dependencies": [{"from_fqn": "a.f", "to_chunk_id": "deps:c.txt:plain:1-1"}]},
    {"file_path": "0.py", "deleted": true}]');
SELECT cg_save_dependency('deps', 'later', '{"from_fqn": "a.f", "to_chunk_id": "deps:c.txt:plain:1-1"}');
SELECT cg_replace_file('deps', 'later', 'later', 'c.txt', '[{"name": "plain", "content": "no fqn", "start_line": 2}]');
SELECT * FROM cg_dependencies('deps', 'later');
SELECT * FROM cg_dependencies('deps', 'main');

-- names: the id wins over an equal FQN of another chunk; one symbol when the chunk with the id has no FQN
SELECT cg_create_snapshot('deps', 'names');
SELECT cg_save_chunks('deps', 'names', '[
    {"file_path": "a", "fqn": "caller", "content": ""},
    {"file_path": "b", "fqn": "s", "content": "by fqn"},
    {"file_path": "c", "fqn": "other", "content": "by id", "chunk_id": "s"},
    {"file_path": "d", "fqn": "t", "content": "by fqn"},
    {"file_path": "e", "content": "by id, without fqn", "chunk_id": "t"}]');
SELECT cg_save_dependencies('deps', 'names', '[{"from_fqn": "caller", "to_fqn": "s"}, {"from_fqn": "caller", "to_fqn": "t"}]');
SELECT * FROM cg_dependencies('deps', 'names');
SELECT content FROM cg_chunk('deps', 'names', 's');
SELECT content FROM cg_chunk('deps', 'names', 't');
SELECT from_chunk_id, to_chunk_id FROM cg_dependencies_to('deps', 'names', 't');
SELECT from_chunk_id, to_chunk_id FROM cg_dependencies_to('deps', 'names', 'other');
-- two saved targets that become one symbol stay two rows: by relationship, then by the name as saved
SELECT cg_create_snapshot('deps', 'two');
SELECT cg_save_chunk('deps', 'two', '{"file_path": "a", "fqn": "caller", "content": ""}');
SELECT cg_save_dependencies('deps', 'two', '[{"from_fqn": "caller", "to_fqn": "z.late", "confidence": 0.25}, {"from_fqn": "caller", "to_fqn": "z-id", "confidence": 0.5}, {"from_fqn": "caller", "to_fqn": "z-id", "relationship": "EXTENDS"}, {"from_fqn": "caller", "to_fqn": "m", "confidence": 0.75}]');
SELECT * FROM cg_dependencies('deps', 'two');
SELECT cg_save_chunk('deps', 'two', '{"file_path": "z", "fqn": "z.late", "content": "", "chunk_id": "z-id"}');
SELECT * FROM cg_dependencies('deps', 'two');

-- what is wrong: nothing is saved
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "nobody", "to_fqn": "a.g"}');
SELECT cg_save_dependency('deps', 'main', '{"from_chunk_id": "deps:a.py:f:1-2", "to_fqn": "a.g"}');
SELECT cg_save_dependency('deps', 'main', '{"from_chunk_id": "a.f", "to_fqn": "a.g"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_chunk_id": "a.g"}');
SELECT cg_save_dependencies('deps', 'main', '[{"from_fqn": "a.g", "to_fqn": "a.f"}, {"from_fqn": "a.g", "to_chunk_id": "missing"}]');
SELECT cg_save_dependency('deps', 'main', '{"to_fqn": "a.g"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "from_chunk_id": "deps:a.py:f:1-1", "to_fqn": "a.g"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "to_chunk_id": "deps:a.py:g:2-2"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "", "to_fqn": "a.g"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": ""}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "relationship": ""}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "relationship": "calls"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "relationship": "1CALL"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "relationship": "CALLS EXTENDS"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "relationship": "A1234567890123456789012345678901234567890123456789012345678901234"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "confidence": 1.5}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "confidence": -0.1}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "confidence": "1"}');
SELECT cg_save_dependency('deps', 'main', '{"from_fqn": "a.f", "to_fqn": "a.g", "kind": "x"}');
SELECT count(*) FROM cg_dependencies('deps', 'main');
-- the longest relationship
SELECT cg_save_dependency('deps', 'two', '{"from_fqn": "caller", "to_fqn": "m", "relationship": "A123456789012345678901234567890123456789012345678901234567890123"}');
SELECT to_fqn, length(relationship) AS length FROM cg_dependencies_to('deps', 'two', 'm');
