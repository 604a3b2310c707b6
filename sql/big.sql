\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- A content of 50 MB, and a file of many chunks.

SELECT cg_save_repository('big');
SELECT cg_create_snapshot('big', 'main');
-- 50,000,000 bytes of x
CREATE TABLE big_texts (name text, content text);
\if :{?SQLITE}
INSERT INTO big_texts VALUES ('x', replace(hex(zeroblob(25000000)), '0', 'x'));
\else
INSERT INTO big_texts VALUES ('x', repeat('x', 50000000));
\endif
SELECT cg_save_chunk('big', 'main', (SELECT '{"file_path": "big.txt", "name": "big", "content": "' || content || '"}' FROM big_texts)) AS chunk_id;
SELECT chunk_id, length(content) AS length, start_line, end_line, content_hash FROM cg_chunks('big', 'main');
SELECT length(content) AS length, content_hash FROM cg_chunk('big', 'main', 'big:big.txt:big:1-1');
SELECT contents, CASE WHEN storage_bytes >= 50000000 THEN 'all of it' ELSE 'less' END AS storage FROM cg_stats('big');
-- another chunk of its file; the content is not copied
SELECT cg_save_chunk('big', 'main', '{"file_path": "big.txt", "name": "small", "content": "s", "start_line": 2}');
SELECT name, length(content) AS length FROM cg_file_chunks('big', 'main', 'big.txt');
SELECT contents, CASE WHEN storage_bytes < 50100000 THEN 'once' ELSE 'twice' END AS stored FROM cg_stats('big');
SELECT cg_replace_file('big', 'main', 'next', 'big.txt', '[{"name": "small", "content": "s", "start_line": 2}]');
SELECT change, old_chunk_id, new_chunk_id, old_content_hash FROM cg_compare_commits('big', 'main', 'next');

-- 10,000 chunks in a file
DELETE FROM big_texts;
\if :{?SQLITE}
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
INSERT INTO big_texts SELECT 'chunks', '[' || group_concat('{"fqn":"f' || n || '","content":"' || n || '","start_line":' || n || '}') || ']' FROM numbers;
\else
INSERT INTO big_texts SELECT 'chunks', '[' || string_agg('{"fqn":"f' || n || '","content":"' || n || '","start_line":' || n || '}', ',') || ']' FROM generate_series(1, 10000) AS n;
\endif
SELECT cg_replace_file('big', 'next', 'next', 'many.txt', (SELECT content FROM big_texts)) AS counts;
SELECT cg_count_chunks('big', 'next'), cg_snapshot_root('big', 'next');
SELECT chunk_id, content FROM cg_chunk('big', 'next', 'f10000');
SELECT cg_soft_delete_file_chunks('big', 'next', 'many.txt');
SELECT cg_restore_file_chunks('big', 'next', 'many.txt');
SELECT cg_delete_repository('big');
DROP TABLE big_texts;
