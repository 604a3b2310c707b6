\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_importance: PageRank over symbols, damping 0.85. Each score was computed by hand from
-- score = 0.15/N + 0.85 * (sum of score/outdegree over what points here + mass of the dangling/N); shown in millionths.

SELECT cg_save_repository('rank');

-- p -> q, which is dangling: p = 0.075 + 0.425 q, p + q = 1, so p = 0.5/1.425
SELECT cg_create_snapshot('rank', 'two');
SELECT cg_replace_file('rank', 'two', 'two', 'f', '[{"fqn": "p", "content": ""}, {"fqn": "q", "content": "", "start_line": 2}]', '[{"from_fqn": "p", "to_fqn": "q"}]');
SELECT fqn, chunk_id, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'two');
-- confidence and the number of dependencies between two symbols do not matter: one edge of weight 1
SELECT cg_replace_file('rank', 'two', 'two', 'f', '[{"fqn": "p", "content": ""}, {"fqn": "q", "content": "", "start_line": 2}]', '[{"from_fqn": "p", "to_fqn": "q", "confidence": 0.1}, {"from_fqn": "p", "to_fqn": "q", "relationship": "IMPORTS", "confidence": 0}]');
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'two');
-- p -> q twice, p -> r: a half for each; p = 0.05 + 0.85/3 (1 - p), so p = (1/3)/(3.85/3); q and r tie, then by symbol
SELECT cg_replace_file('rank', 'two', 'three', 'f', '[{"fqn": "r", "content": ""}, {"fqn": "p", "content": "", "start_line": 2}, {"fqn": "q", "content": "", "start_line": 3}]', '[{"from_fqn": "p", "to_fqn": "q"}, {"from_fqn": "p", "to_fqn": "q", "relationship": "IMPORTS"}, {"from_fqn": "p", "to_fqn": "r"}]');
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'three');
-- only what IMPORTS counts, but r is still one of three: p = 0.05 + 0.85/3 (1 - p), all the same as r; q = p + 0.85 p, so p = 1/3.85
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'three', 'IMPORTS');
-- of relationships that nothing has: no edges, all equal
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'three', 'NOTHING');

-- an external symbol takes part, as q above, and is not listed
SELECT cg_create_snapshot('rank', 'external');
SELECT cg_replace_file('rank', 'external', 'external', 'f', '[{"fqn": "p", "content": ""}]', '[{"from_fqn": "p", "to_fqn": "libc.exit"}]');
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'external');
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'external', 'NOTHING');

-- a self-loop counts: p -> p, q; p = 0.075 + 0.425 p + 0.425 q, which is a half
SELECT cg_create_snapshot('rank', 'loop');
SELECT cg_replace_file('rank', 'loop', 'loop', 'f', '[{"fqn": "q", "content": ""}, {"fqn": "p", "content": "", "start_line": 2}]', '[{"from_fqn": "p", "to_fqn": "p"}, {"from_fqn": "p", "to_fqn": "q"}]');
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'loop');
-- alone, with and without a self-loop, a symbol has everything
SELECT cg_create_snapshot('rank', 'alone');
SELECT cg_replace_file('rank', 'alone', 'alone', 'f', '[{"fqn": "p", "content": ""}]');
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'alone');
SELECT cg_save_dependency('rank', 'alone', '{"from_fqn": "p", "to_fqn": "p"}');
SELECT fqn, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'alone');

-- a ring: equal scores, in the order of symbols by bytes, whatever the order of chunks; the chunk without FQN is among them by its id
SELECT cg_create_snapshot('rank', 'ring');
SELECT cg_replace_file('rank', 'ring', 'ring', 'f', '[{"fqn": "é", "content": ""}, {"fqn": "a", "content": "", "start_line": 2}, {"fqn": "z", "content": "", "start_line": 3}, {"fqn": "B", "content": "", "start_line": 4}, {"name": "plain", "content": "", "start_line": 5}]',
    '[{"from_fqn": "é", "to_fqn": "a"}, {"from_fqn": "a", "to_fqn": "z"}, {"from_fqn": "z", "to_fqn": "B"}, {"from_fqn": "B", "to_chunk_id": "rank:f:plain:5-5"}, {"from_chunk_id": "rank:f:plain:5-5", "to_fqn": "é"}]');
SELECT fqn, chunk_id, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'ring');

-- a star s1..s4 -> h: h = 0.03 + 0.85 (1 - h) + 0.17 h, so h = 0.88/1.68, and each of the four a quarter of the rest.
-- h is defined twice: two rows, one score, whether by its name or the id of one of its chunks
SELECT cg_create_snapshot('rank', 'star');
SELECT cg_replace_files('rank', 'star', 'star', '[
    {"file_path": "h2", "chunks": [{"fqn": "h", "content": ""}]},
    {"file_path": "h1", "chunks": [{"fqn": "h", "content": ""}]},
    {"file_path": "s", "chunks": [{"fqn": "s4", "content": ""}, {"fqn": "s3", "content": ""}, {"fqn": "s2", "content": ""}, {"fqn": "s1", "content": ""}],
     "dependencies": [{"from_fqn": "s1", "to_fqn": "h"}, {"from_fqn": "s2", "to_fqn": "h"}, {"from_fqn": "s3", "to_chunk_id": "rank:h2:h:1-1"}, {"from_fqn": "s4", "to_fqn": "h", "relationship": "EXTENDS"}]}]');
SELECT fqn, chunk_id, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'star');
SELECT CAST(round(sum(score) * 1000000) AS integer) AS all_scores FROM (SELECT DISTINCT fqn, score FROM cg_importance('rank', 'star')) AS scores;
-- without s, h is alone with itself: soft-deleted symbols that nothing names take no part
SELECT cg_soft_delete_file_chunks('rank', 'star', 's');
SELECT fqn, chunk_id, CAST(round(score * 1000000) AS integer) AS millionths FROM cg_importance('rank', 'star');

-- nothing in it
SELECT cg_create_snapshot('rank', 'empty', NULL, 'void');
SELECT * FROM cg_importance('rank', 'void');
-- arguments that are wrong
SELECT * FROM cg_importance('rank', 'two', '');
SELECT * FROM cg_importance('rank', 'two', 'CALLS,,X');
SELECT * FROM cg_importance('rank', 'empty', 'calls');
SELECT * FROM cg_importance('rank', NULL);
SELECT * FROM cg_importance(NULL, 'two');
SELECT * FROM cg_importance('rank', 'nowhere');
SELECT * FROM cg_importance('nowhere', 'two');
