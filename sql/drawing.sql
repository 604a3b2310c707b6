\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_graph_dot and cg_graph_mermaid: which symbols and dependencies are drawn, the note of a cut, names of all kinds.

-- a -> b; b -> c, d; c, defined twice, -> ext from both chunks; d -> ext (CALLS, IMPORTS); top -> a, d; other -> d;
-- the note, which has no FQN, -> itself
SELECT cg_save_repository('draw');
SELECT cg_create_snapshot('draw', 'main', NULL, 'trunk');
SELECT cg_replace_files('draw', 'main', 'main', '[
    {"file_path": "a.py", "chunks": [{"fqn": "a", "kind": "module", "content": ""}, {"fqn": "b", "kind": "method", "content": "", "start_line": 2}], "dependencies": [{"from_fqn": "a", "to_fqn": "b"}, {"from_fqn": "b", "to_fqn": "d"}, {"from_fqn": "b", "to_fqn": "c", "relationship": "EXTENDS"}]},
    {"file_path": "c1.py", "chunks": [{"fqn": "c", "kind": "class", "content": ""}], "dependencies": [{"from_fqn": "c", "to_fqn": "ext"}]},
    {"file_path": "c2.py", "chunks": [{"fqn": "c", "kind": "function", "content": ""}], "dependencies": [{"from_fqn": "c", "to_fqn": "ext", "confidence": 0}]},
    {"file_path": "d.py", "chunks": [{"fqn": "d", "content": ""}], "dependencies": [{"from_fqn": "d", "to_fqn": "ext", "relationship": "IMPORTS"}, {"from_fqn": "d", "to_fqn": "ext"}]},
    {"file_path": "note.txt", "chunks": [{"name": "note", "kind": "text", "content": ""}], "dependencies": [{"from_chunk_id": "draw:note.txt:note:1-1", "to_chunk_id": "draw:note.txt:note:1-1", "relationship": "FLOWS"}]},
    {"file_path": "other.py", "chunks": [{"fqn": "other", "content": ""}, {"fqn": "top", "content": "", "start_line": 2}], "dependencies": [{"from_fqn": "other", "to_fqn": "d"}, {"from_fqn": "top", "to_fqn": "a"}, {"from_fqn": "top", "to_fqn": "d"}]}]');

-- both ways, two levels, when nothing is said: nothing is cut. b neither reaches other nor is reached from it; no way leads over top -> d, but both are drawn
SELECT cg_graph_dot('draw', 'main', 'b');
SELECT cg_graph_mermaid('draw', 'trunk', 'b', 2, NULL);
-- out, in; one more symbol beyond
SELECT cg_graph_dot('draw', 'main', 'b', 1, 'out');
SELECT cg_graph_mermaid('draw', 'main', 'b', 1, 'in');
-- both, one level: ext and top are beyond; none: a, c and d are
SELECT cg_graph_mermaid('draw', 'main', 'b', 1, 'both');
SELECT cg_graph_dot('draw', 'main', 'b', 0);
-- no limit; and one that cuts nothing
SELECT cg_graph_dot('draw', 'main', 'top', NULL, 'out');
SELECT cg_graph_mermaid('draw', 'main', 'top', NULL, 'in');
-- ext is 3 away from a: a limit of 3 cuts nothing, there is no note, and the drawing is the one without limit
SELECT CASE WHEN cg_graph_dot('draw', 'main', 'a', 3, 'out') = cg_graph_dot('draw', 'main', 'a', NULL, 'out') THEN 'equal' ELSE 'differs' END AS three, CASE WHEN cg_graph_dot('draw', 'main', 'a', 2, 'out') = cg_graph_dot('draw', 'main', 'a', NULL, 'out') THEN 'equal' ELSE 'differs' END AS two, CASE WHEN cg_graph_dot('draw', 'main', 'a', 1, 'out') = cg_graph_dot('draw', 'main', 'a', NULL, 'out') THEN 'equal' ELSE 'differs' END AS one;
-- a chunk id stands for its symbol, whose first chunk tells the kind; an external one; a chunk without FQN
SELECT cg_graph_dot('draw', 'main', 'draw:c2.py:c:1-1', 1, 'out');
SELECT cg_graph_mermaid('draw', 'main', 'ext', 1);
SELECT cg_graph_dot('draw', 'main', 'draw:note.txt:note:1-1');
SELECT cg_graph_mermaid('draw', 'main', 'draw:note.txt:note:1-1', 0, 'out');

-- hostile names; in Graphviz quotes, backslashes and & are escaped, in Mermaid all but letters, digits and _.:/ - and what is not ASCII
SELECT cg_create_snapshot('draw', 'hostile');
SELECT cg_replace_file('draw', 'hostile', 'hostile', 'f', '[{"fqn": "hub", "kind": "] --> x[\"", "content": ""}, {"fqn": "end", "kind": "k\\n", "content": ""}]', '[
    {"from_fqn": "hub", "to_fqn": "\"; evil [label=\"x\"]; \""}, {"from_fqn": "hub", "to_fqn": "back\\slash\\"}, {"from_fqn": "hub", "to_fqn": "\\N\\G\\\""}, {"from_fqn": "hub", "to_fqn": "operator[](int) {} | <T>"},
    {"from_fqn": "hub", "to_fqn": "&lt;br/&gt;"}, {"from_fqn": "hub", "to_fqn": "#quot;#35;"}, {"from_fqn": "hub", "to_fqn": "%%{init: {}}%%"}, {"from_fqn": "hub", "to_fqn": "`**bold**` ''single'' $$x$$"},
    {"from_fqn": "hub", "to_fqn": "naïve→日本::🙂"}, {"from_fqn": "hub", "to_fqn": "tab\there"}, {"from_fqn": "hub", "to_fqn": "end"}, {"from_fqn": "hub", "to_fqn": "//comment /* */"}]');
SELECT cg_graph_dot('draw', 'hostile', 'hub', 1, 'out');
SELECT cg_graph_mermaid('draw', 'hostile', 'hub', 1, 'out');

-- arguments that are wrong
SELECT cg_graph_dot('draw', 'main', 'a', 2, 'sideways');
SELECT cg_graph_mermaid('draw', 'main', 'a', 2, 'OUT');
SELECT cg_graph_mermaid('draw', 'main', 'a', 2, '');
SELECT cg_graph_dot('draw', 'main', 'a', -1);
SELECT cg_graph_mermaid('draw', 'main', 'a', -1);
SELECT cg_graph_dot('draw', 'main', 'unknown');
SELECT cg_graph_mermaid('draw', 'main', 'unknown', 0);
SELECT cg_graph_dot('draw', 'main', '');
SELECT cg_graph_dot('draw', 'main', NULL);
SELECT cg_graph_mermaid('draw', NULL, 'a');
SELECT cg_graph_mermaid(NULL, 'main', 'a');
SELECT cg_graph_dot('draw', 'nowhere', 'a');
SELECT cg_graph_mermaid('nowhere', 'main', 'a');
