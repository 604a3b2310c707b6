\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Moving a repository: cg_export gives lines, cg_import takes them.

SELECT * FROM cg_export('moving');
SELECT cg_save_repository('moving-empty', NULL, NULL, NULL, 'trunk');
SELECT count(*), max(line) FROM cg_export('moving-empty') WHERE line LIKE '%"end"%';

-- what is not a line
SELECT cg_import(NULL);
SELECT cg_import('');
SELECT cg_import('{"repo_id": "moving"');
SELECT cg_import('[]');
SELECT cg_import('{}');
SELECT cg_import('{"repo_id": "moving"}');
SELECT cg_import('{"repo_id": "", "end": {}}');
SELECT cg_import('{"repo_id": "moving", "file_version": {}}');
SELECT cg_import('{"repo_id": "moving", "end": {"contents": 0}}');
SELECT cg_import('{"repo_id": "moving", "content": {"hash": "00", "text": "x"}}');
SELECT cg_import('{"repo_id": "moving", "content": {"hash": "0000000000000000000000000000000000000000000000000000000000000000", "text": "x"}}');
SELECT cg_import('{"repo_id": "moving", "repository": {"name": "n", "default_branch": "main", "created_at": "2026-01-02T03:04:05Z", "updated_at": "2026-01-02T03:04:05Z"}}');
SELECT cg_import('{"codegraph_export": 1, "repo_id": "moving", "repository": {"name": "n", "default_branch": "main", "created_at": "yesterday"}}');
SELECT cg_import('{"codegraph_export": 1, "repo_id": "moving", "content": {"hash": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", "text": "x"}}');
SELECT cg_import('{"codegraph_export": 2, "repo_id": "moving", "what": "is this?"}');
SELECT cg_import('{"codegraph_export": "1"}');

-- a line before the first one
SELECT cg_import('{"repo_id":"moving","content":{"hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","text":"x"}}');

-- the first, and what the repository is until the last
SELECT cg_import('{"codegraph_export":1,"repo_id":"moving","repository":{"name":"It''s moving","remote_url":"https://example.org/m.git","default_branch":"trunk","created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"codegraph_export":1,"repo_id":"moving","repository":{"name":"It''s moving","remote_url":"https://example.org/m.git","default_branch":"trunk","created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"codegraph_export":1,"repo_id":"moving","repository":{"name":"It is moving","remote_url":"https://example.org/m.git","default_branch":"trunk","created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT repo_id FROM cg_repositories() WHERE repo_id = 'moving';
SELECT * FROM cg_snapshots('moving');
SELECT * FROM cg_export('moving');
SELECT cg_save_repository('moving');
SELECT cg_create_snapshot('moving', 'x');

-- nothing may be missing
SELECT cg_import('{"repo_id":"moving","file":{"digest":"50f2cb22a48c4b8d848ba250890a7a8e1322bd4047733f61de71850befb30f39","file_path":"b.py","file_hash":"hash","is_deleted":true,"indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":1,"name":"g","fqn":"b.g","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","is_deleted":true},{"end_line":1,"name":"g","number":2,"fqn":"b.h","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","is_deleted":true}],"dependencies":[]}}');
SELECT cg_import('{"repo_id":"moving","tree_node":{"hash":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0","level":0,"entries":[["a.py","b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990",2],["b.py","ee8544095fff356d49db9e7f7a48738765e05573f6e29a6fa50cc155aa12df51",2]]}}');
SELECT cg_import('{"repo_id":"moving","snapshot":{"snapshot_id":"one","commit_hash":"c0ffee","branch_name":"trunk","root":"bc3a509a4b5e2650e52360e6f8c2d5956364be5329e2ebab05f012f96d2de435","revision":2,"committed_at":"2020-01-01T00:00:00.000Z","attrs":{"author":"é"},"created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","revision":{"snapshot_id":"one","revision":0,"operation":"create","file_count":0,"actor":"someone","logged_at":"2026-01-02T03:04:05.678Z","root_after":"fb50dc0717ff266cf9baf82b1ce7a1c2ef6d9247859680b11a19fb7077f5f222"}}');
SELECT cg_import('{"repo_id":"moving","end":{"contents":2,"files":3,"tree_nodes":2,"snapshots":2,"revisions":4,"refs":1}}');

-- contents and file versions
SELECT cg_import('{"repo_id":"moving","content":{"hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","text":"x"}}');
SELECT cg_import('{"repo_id":"moving","content":{"hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","text":"x"}}');
SELECT cg_import('{"repo_id":"moving","content":{"hash":"907ae03f4aa55851e4d266b6f7eb25da2ea14bbe1a45fafc8625c8d0e228ffd3","text":"def f():\n\treturn \"\\x\"\n"}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"50f2cb22a48c4b8d848ba250890a7a8e1322bd4047733f61de71850befb30f39","file_path":"b.py","file_hash":"hash","is_deleted":true,"indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":1,"name":"g","fqn":"b.g","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","is_deleted":true},{"end_line":1,"name":"g","number":2,"fqn":"b.h","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","is_deleted":true}],"dependencies":[]}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"50f2cb22a48c4b8d848ba250890a7a8e1322bd4047733f61de71850befb30f39","file_path":"b.py","file_hash":"hash","is_deleted":true,"indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":1,"name":"g","fqn":"b.g","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","is_deleted":true},{"end_line":1,"name":"g","number":2,"fqn":"b.h","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","is_deleted":true}],"dependencies":[]}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"50f2cb22a48c4b8d848ba250890a7a8e1322bd4047733f61de71850befb30f39","file_path":"b.py","file_hash":"hash","is_deleted":true,"indexed_at":"2026-01-02T03:04:06.678Z","chunks":[{"end_line":1,"name":"g","fqn":"b.g","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","is_deleted":true},{"end_line":1,"name":"g","number":2,"fqn":"b.h","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","is_deleted":true}],"dependencies":[]}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990","file_path":"a.py","file_hash":"ab196666c9a5472f83c190f7cee3aef22b44361877480010d8836736283cd375","attrs":{"mode":"644"},"indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":2,"name":"f","kind":"function","fqn":"a.f","language":"python","symbol_visibility":"public","content_hash":"907ae03f4aa55851e4d266b6f7eb25da2ea14bbe1a45fafc8625c8d0e228ffd3","summary":"é","importance":0.25},{"start_line":5,"end_line":5,"name":"unknown","chunk_id":"own","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}],"dependencies":[{"from":0,"to":"b.x"},{"from":0,"to":"out.side","relationship":"IMPORTS","confidence":0.1}]}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990","file_path":"a.py","file_hash":"ab196666c9a5472f83c190f7cee3aef22b44361877480010d8836736283cd375","attrs":{"mode":"644"},"indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":2,"name":"f","kind":"function","fqn":"a.f","language":"python","symbol_visibility":"public","content_hash":"907ae03f4aa55851e4d266b6f7eb25da2ea14bbe1a45fafc8625c8d0e228ffd3","summary":"é","importance":0.25},{"start_line":5,"end_line":5,"name":"unknown","chunk_id":"own","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}],"dependencies":[{"from":2,"to":"b.g"},{"from":0,"to":"out.side","relationship":"IMPORTS","confidence":0.1}]}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990","file_path":"a.py","file_hash":"ab196666c9a5472f83c190f7cee3aef22b44361877480010d8836736283cd375","attrs":{"mode":"644"},"indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":2,"name":"f","kind":"function","fqn":"a.f","language":"python","symbol_visibility":"public","content_hash":"907ae03f4aa55851e4d266b6f7eb25da2ea14bbe1a45fafc8625c8d0e228ffd3","summary":"é","importance":0.25},{"start_line":5,"end_line":5,"name":"unknown","chunk_id":"moving:a.py:unknown:5-5","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}],"dependencies":[{"from":0,"to":"b.g"},{"from":0,"to":"out.side","relationship":"IMPORTS","confidence":0.1}]}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990","file_path":"../a.py","file_hash":"ab196666c9a5472f83c190f7cee3aef22b44361877480010d8836736283cd375","attrs":{"mode":"644"},"indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":2,"name":"f","kind":"function","fqn":"a.f","language":"python","symbol_visibility":"public","content_hash":"907ae03f4aa55851e4d266b6f7eb25da2ea14bbe1a45fafc8625c8d0e228ffd3","summary":"é","importance":0.25},{"start_line":5,"end_line":5,"name":"unknown","chunk_id":"own","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}],"dependencies":[{"from":0,"to":"b.g"},{"from":0,"to":"out.side","relationship":"IMPORTS","confidence":0.1}]}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"50f2cb22a48c4b8d848ba250890a7a8e1322bd4047733f61de71850befb30f39","file_path":"b.py","file_hash":"hash","is_deleted":true,"indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":1,"name":"g","fqn":"b.g","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"},{"end_line":1,"name":"g","number":2,"fqn":"b.h","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}],"dependencies":[]}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990","file_path":"a.py","file_hash":"ab196666c9a5472f83c190f7cee3aef22b44361877480010d8836736283cd375","attrs":{"mode":"644"},"indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":2,"name":"f","kind":"function","fqn":"a.f","language":"python","symbol_visibility":"public","content_hash":"907ae03f4aa55851e4d266b6f7eb25da2ea14bbe1a45fafc8625c8d0e228ffd3","summary":"é","importance":0.25},{"start_line":5,"end_line":5,"name":"unknown","chunk_id":"own","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}],"dependencies":[{"from":0,"to":"b.g"},{"from":0,"to":"out.side","relationship":"IMPORTS","confidence":0.1}]}}');
SELECT cg_import('{"repo_id":"moving","file":{"digest":"ee8544095fff356d49db9e7f7a48738765e05573f6e29a6fa50cc155aa12df51","file_path":"b.py","file_hash":"hash","indexed_at":"2026-01-02T03:04:05.678Z","chunks":[{"end_line":1,"name":"g","fqn":"b.g","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"},{"end_line":1,"name":"g","number":2,"fqn":"b.h","content_hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}],"dependencies":[]}}');

-- trees
SELECT cg_import('{"repo_id":"moving","tree_node":{"hash":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0","level":0,"entries":[["a.py","b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990",1],["b.py","ee8544095fff356d49db9e7f7a48738765e05573f6e29a6fa50cc155aa12df51",2]]}}');
SELECT cg_import('{"repo_id":"moving","tree_node":{"hash":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0","level":0,"entries":[["a.py","b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990",2],["b.py","ee8544095fff356d49db9e7f7a48738765e05573f6e29a6fa50cc155aa12df51",2]]}}');
SELECT cg_import('{"repo_id":"moving","tree_node":{"hash":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0","level":0,"entries":[["a.py","b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990",2],["b.py","ee8544095fff356d49db9e7f7a48738765e05573f6e29a6fa50cc155aa12df51",2]]}}');
SELECT cg_import('{"repo_id":"moving","tree_node":{"hash":"bc3a509a4b5e2650e52360e6f8c2d5956364be5329e2ebab05f012f96d2de435","level":0,"entries":[["a.py","b149a1417dc540f845d9e2ea25511becad0226b8372b8ccd9f489587306e1990",2],["b.py","50f2cb22a48c4b8d848ba250890a7a8e1322bd4047733f61de71850befb30f39",0]]}}');

-- snapshots and revisions
SELECT cg_import('{"repo_id":"moving","snapshot":{"snapshot_id":"one","commit_hash":"c0ffee","branch_name":"trunk","root":"bc3a509a4b5e2650e52360e6f8c2d5956364be5329e2ebab05f012f96d2de435","revision":2,"committed_at":"2020-01-01T00:00:00.000Z","attrs":{"author":"é"},"created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","snapshot":{"snapshot_id":"one","commit_hash":"c0ffee","branch_name":"trunk","root":"bc3a509a4b5e2650e52360e6f8c2d5956364be5329e2ebab05f012f96d2de435","revision":2,"committed_at":"2020-01-01T00:00:00.000Z","attrs":{"author":"é"},"created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","snapshot":{"snapshot_id":"one","commit_hash":"c0c0a","branch_name":"trunk","root":"bc3a509a4b5e2650e52360e6f8c2d5956364be5329e2ebab05f012f96d2de435","revision":2,"committed_at":"2020-01-01T00:00:00.000Z","attrs":{"author":"é"},"created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","revision":{"snapshot_id":"three","revision":1,"operation":"replace_files","file_count":2,"actor":"someone","logged_at":"2026-01-02T03:04:05.678Z","root_before":"fb50dc0717ff266cf9baf82b1ce7a1c2ef6d9247859680b11a19fb7077f5f222","root_after":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0"}}');
SELECT cg_import('{"repo_id":"moving","revision":{"snapshot_id":"one","revision":0,"operation":"create","file_count":0,"actor":"someone","logged_at":"2026-01-02T03:04:05.678Z","root_after":"fb50dc0717ff266cf9baf82b1ce7a1c2ef6d9247859680b11a19fb7077f5f222"}}');
SELECT cg_import('{"repo_id":"moving","revision":{"snapshot_id":"one","revision":2,"operation":"soft_delete_file_chunks","file_count":1,"actor":"someone","logged_at":"2026-01-02T03:04:05.678Z","root_before":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0","root_after":"bc3a509a4b5e2650e52360e6f8c2d5956364be5329e2ebab05f012f96d2de435"}}');
SELECT cg_import('{"repo_id":"moving","revision":{"snapshot_id":"one","revision":1,"operation":"replace_files","file_count":2,"actor":"someone","logged_at":"2026-01-02T03:04:05.678Z","root_before":"ab50dc0717ff266cf9baf82b1ce7a1c2ef6d9247859680b11a19fb7077f5f222","root_after":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0"}}');
SELECT cg_import('{"repo_id":"moving","revision":{"snapshot_id":"one","revision":1,"operation":"replace_files","file_count":2,"actor":"someone","logged_at":"2025-01-02T03:04:05.678Z","root_before":"fb50dc0717ff266cf9baf82b1ce7a1c2ef6d9247859680b11a19fb7077f5f222","root_after":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0"}}');
SELECT cg_import('{"repo_id":"moving","revision":{"snapshot_id":"one","revision":1,"operation":"replace_files","file_count":2,"actor":"someone","logged_at":"2026-01-02T03:04:05.678Z","root_before":"fb50dc0717ff266cf9baf82b1ce7a1c2ef6d9247859680b11a19fb7077f5f222","root_after":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0"}}');
SELECT cg_import('{"repo_id":"moving","end":{"contents":2,"files":3,"tree_nodes":2,"snapshots":2,"revisions":4,"refs":1}}');
SELECT cg_import('{"repo_id":"moving","revision":{"snapshot_id":"one","revision":2,"operation":"soft_delete_file_chunks","file_count":1,"actor":"someone","logged_at":"2026-01-02T03:04:05.678Z","root_before":"ab64953f8ef832738131e87538a87a6e5859f1d33a635fc45f6039ca2c51eca0","root_after":"bc3a509a4b5e2650e52360e6f8c2d5956364be5329e2ebab05f012f96d2de435"}}');
SELECT cg_import('{"repo_id":"moving","snapshot":{"snapshot_id":"two","base_snapshot_id":"one","root":"bc3a509a4b5e2650e52360e6f8c2d5956364be5329e2ebab05f012f96d2de435","revision":0,"sealed":true,"created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","end":{"contents":2,"files":3,"tree_nodes":2,"snapshots":2,"revisions":4,"refs":1}}');
SELECT cg_import('{"repo_id":"moving","revision":{"snapshot_id":"two","revision":0,"operation":"create","file_count":2,"actor":"someone","logged_at":"2026-01-02T03:04:05.678Z","root_after":"bc3a509a4b5e2650e52360e6f8c2d5956364be5329e2ebab05f012f96d2de435"}}');

-- refs
SELECT cg_import('{"repo_id":"moving","ref":{"ref":"v1","snapshot_id":"three","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","ref":{"ref":"v~1","snapshot_id":"one","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","ref":{"ref":"v1","snapshot_id":"one"}}');
SELECT cg_import('{"repo_id":"moving","end":{"contents":2,"files":3,"tree_nodes":2,"snapshots":2,"revisions":4,"refs":1}}');
SELECT cg_import('{"repo_id":"moving","ref":{"ref":"v1","snapshot_id":"one","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","ref":{"ref":"v1","snapshot_id":"one","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","ref":{"ref":"v1","snapshot_id":"two","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","ref":{"ref":"v1","snapshot_id":"one","updated_at":"2026-01-02T03:04:06.678Z"}}');

-- the last
SELECT cg_import('{"repo_id":"moving","end":{"contents":2,"files":4,"tree_nodes":2,"snapshots":2,"revisions":4,"refs":1}}');
SELECT cg_import('{"repo_id":"moving","end":{"contents":2,"files":3,"tree_nodes":2,"snapshots":2,"revisions":4,"refs":1}}');
SELECT cg_import('{"repo_id":"moving","end":{"contents":2,"files":3,"tree_nodes":2,"snapshots":2,"revisions":4,"refs":1}}');
SELECT cg_import('{"repo_id":"moving","end":{"contents":2,"files":4,"tree_nodes":2,"snapshots":2,"revisions":4,"refs":1}}');
SELECT cg_import('{"codegraph_export":1,"repo_id":"moving","repository":{"name":"It''s moving","remote_url":"https://example.org/m.git","default_branch":"trunk","created_at":"2026-01-02T03:04:05.678Z","updated_at":"2026-01-02T03:04:05.678Z"}}');
SELECT cg_import('{"repo_id":"moving","content":{"hash":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","text":"x"}}');

-- the same comes out
SELECT line FROM cg_export('moving');
SELECT repo_id, name, remote_url, local_path, default_branch FROM cg_repositories() WHERE repo_id = 'moving';
SELECT snapshot_id, commit_hash, branch_name, base_snapshot_id, root, revision, CAST(sealed AS integer) AS sealed, CAST(attrs AS text) AS attrs FROM cg_snapshots('moving');
SELECT ref, snapshot_id FROM cg_refs('moving');
SELECT chunk_id, content, importance, CAST(is_deleted AS integer) AS is_deleted FROM cg_chunks('moving', 'two', true);
SELECT from_fqn, to_fqn, relationship, confidence, CAST(is_external AS integer) AS is_external FROM cg_dependencies('moving', 'one');
SELECT cg_create_snapshot('moving', 'two', NULL, 'late');
SELECT cg_restore_file_chunks('moving', 'one', 'b.py');
SELECT root, revision FROM cg_snapshots('moving') WHERE snapshot_id = 'one';

-- what nothing reaches stays behind
SELECT cg_replace_file('moving', 'one', 'gone', 'c.py', '[{"content": "secret"}]');
SELECT cg_delete_snapshot('moving', 'gone');
SELECT count(*) FROM cg_export('moving') WHERE line LIKE '%secret%' OR line LIKE '%c.py%';

-- there and back
CREATE TEMPORARY TABLE moving_lines AS SELECT row_number() OVER () AS number, line FROM cg_export('moving');
SELECT cg_delete_repository('moving');
SELECT sum(cg_import(line)) FROM (SELECT line FROM moving_lines ORDER BY number) AS lines_in_order;
SELECT count(*) FROM (SELECT row_number() OVER () AS number, line FROM cg_export('moving')) AS again
JOIN moving_lines AS before ON before.number = again.number AND before.line = again.line;
SELECT count(*) FROM moving_lines;
SELECT snapshot_id, root, revision FROM cg_snapshots('moving');

-- an import that is cut off can be deleted
SELECT cg_delete_repository('moving');
SELECT sum(cg_import(line)) FROM (SELECT line FROM moving_lines WHERE number < 9 ORDER BY number) AS lines_in_order;
SELECT * FROM cg_files('moving', 'one');
SELECT cg_delete_repository('moving');
SELECT cg_delete_repository('moving-empty');
DROP TABLE moving_lines;
