\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- Drawings of a neighbourhood, for Graphviz and Mermaid.

SELECT cg_save_repository('dr');
SELECT cg_create_snapshot('dr', 'main');
SELECT cg_replace_files('dr', 'main', 'main', '[
    {"file_path": "a.py", "chunks": [{"fqn": "a", "kind": "function", "content": "a"}, {"fqn": "b", "kind": "class", "content": "b", "start_line": 2}, {"fqn": "c", "content": "c", "start_line": 3}],
     "dependencies": [{"from_fqn": "a", "to_fqn": "b"}, {"from_fqn": "a", "to_fqn": "b", "relationship": "EXTENDS"}, {"from_fqn": "b", "to_fqn": "c"}, {"from_fqn": "c", "to_fqn": "c"}, {"from_fqn": "c", "to_fqn": "libc.exit"}]},
    {"file_path": "odd.py", "chunks": [{"fqn": "say \"hi\\n\"; [x] é #1 <b> `k` %%", "kind": "a \"kind\"", "content": "o"}],
     "dependencies": [{"from_fqn": "say \"hi\\n\"; [x] é #1 <b> `k` %%", "to_fqn": "a"}]}]');

-- both ways; what a limit cuts off is counted
SELECT cg_graph_dot('dr', 'main', 'b', 1);
SELECT cg_graph_mermaid('dr', 'main', 'b', 1);
-- two levels when nothing is said, no limit with NULL
SELECT cg_graph_dot('dr', 'main', 'a', NULL, 'out');
SELECT cg_graph_dot('dr', 'main', 'libc.exit');
SELECT cg_graph_mermaid('dr', 'main', 'libc.exit', 2, 'in');
-- the start alone
SELECT cg_graph_mermaid('dr', 'main', 'b', 0, 'out');
-- names of all kinds are shown as they are
SELECT cg_graph_dot('dr', 'main', 'a', 1, 'in');
SELECT cg_graph_mermaid('dr', 'main', 'a', 1, 'in');

SELECT cg_graph_dot('dr', 'main', 'nowhere');
SELECT cg_graph_dot('dr', 'main', 'a', -1);
SELECT cg_graph_mermaid('dr', 'main', 'a', 1, 'sideways');
SELECT cg_graph_mermaid('dr', 'main', NULL);
