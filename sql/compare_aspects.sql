\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- What cg_compare_commits says of pairs: each change, each aspect, and how chunks pair by their tokens.

SELECT cg_save_repository('aspects');
SELECT cg_create_snapshot('aspects', 'old');
SELECT cg_replace_files('aspects', 'old', 'old', '[
    {"file_path": "a.py", "chunks": [
        {"fqn": "C", "kind": "class", "start_line": 1, "content": "class C:\n  x = 1\n  def m(self):\n    return 1\n  y = 2\n", "signature": "class C"},
        {"fqn": "C.m", "kind": "method", "start_line": 3, "content": "  def m(self):\n    return 1\n", "signature": "def m(self)"},
        {"fqn": "signature", "kind": "function", "start_line": 10, "content": "def signature(a):\n  return a\n", "signature": "def signature(a)"},
        {"fqn": "unsigned", "kind": "function", "start_line": 12, "content": "def unsigned(a): return a", "signature": "def unsigned(a)"},
        {"fqn": "space", "kind": "function", "start_line": 14, "content": "def space(a):\n  return a\n"},
        {"fqn": "visible", "kind": "function", "start_line": 16, "content": "visible"},
        {"fqn": "kind", "kind": "function", "start_line": 17, "content": "kind"},
        {"fqn": "linked", "kind": "function", "start_line": 18, "content": "linked"},
        {"fqn": "all", "kind": "function", "start_line": 19, "content": "def all(a, b): return a", "signature": "def all(a, b)", "symbol_visibility": "public"}],
     "dependencies": [{"from_fqn": "linked", "to_fqn": "C"}, {"from_fqn": "all", "to_fqn": "C"}]},
    {"file_path": "m.py", "chunks": [{"fqn": "moved", "kind": "function", "content": "moved"}]}]');
SELECT cg_replace_files('aspects', 'old', 'new', '[
    {"file_path": "a.py", "chunks": [
        {"fqn": "C", "kind": "class", "start_line": 1, "content": "class C:\n  x = 1\n  def m(self):\n    return 2\n  y = 2\n", "signature": "class  C"},
        {"fqn": "C.m", "kind": "method", "start_line": 3, "content": "  def m(self):\n    return 2\n", "signature": "def m(self)"},
        {"fqn": "signature", "kind": "function", "start_line": 10, "content": "def signature(a, b):\n  return a\n", "signature": "def signature(a, b)"},
        {"fqn": "unsigned", "kind": "function", "start_line": 12, "content": "def unsigned(b): return a"},
        {"fqn": "space", "kind": "function", "start_line": 14, "content": "def space( a ):\n  return  a\n"},
        {"fqn": "visible", "kind": "function", "start_line": 16, "content": "visible", "symbol_visibility": "private"},
        {"fqn": "kind", "kind": "method", "start_line": 17, "content": "kind"},
        {"fqn": "linked", "kind": "function", "start_line": 18, "content": "linked"}],
     "dependencies": [{"from_fqn": "linked", "to_fqn": "D"}]},
    {"file_path": "sub/m.py", "chunks": [{"fqn": "moved", "kind": "function", "content": "moved"},
        {"fqn": "all", "name": "every", "kind": "method", "start_line": 19, "content": "def every(a): return b", "signature": "def every(a)", "symbol_visibility": "private"}]},
    {"file_path": "m.py", "deleted": true}]');
SELECT change, aspects, fqn, old_fqn, kind, old_file_path, new_file_path, similarity, dependencies_added, dependencies_removed FROM cg_compare_commits('aspects', 'old', 'new');
SELECT change, aspects, fqn, old_fqn, kind, old_file_path, new_file_path, similarity, dependencies_added, dependencies_removed FROM cg_compare_commits('aspects', 'new', 'old');
-- the own content of a class is the same when a method changes; when the class changes too, it is not
SELECT cg_replace_file('aspects', 'new', 'class', 'a.py', '[
    {"fqn": "C", "kind": "class", "start_line": 1, "content": "class C:\n  x = 7\n  def m(self):\n    return 3\n  y = 2\n"},
    {"fqn": "C.m", "kind": "method", "start_line": 3, "content": "  def m(self):\n    return 3\n"}]');
SELECT change, aspects, fqn, similarity FROM cg_compare_commits('aspects', 'new', 'class') WHERE fqn IN ('C', 'C.m');
-- where a content has not as many lines as its chunk says, nothing is taken away
SELECT cg_replace_file('aspects', 'new', 'lines', 'a.py', '[
    {"fqn": "C", "kind": "class", "start_line": 1, "end_line": 6, "content": "class C:\n  x = 1\n  def m(self):\n    return 3\n  y = 2\n"},
    {"fqn": "C.m", "kind": "method", "start_line": 3, "content": "  def m(self):\n    return 3\n"}]');
SELECT change, aspects, fqn, similarity FROM cg_compare_commits('aspects', 'new', 'lines') WHERE fqn IN ('C', 'C.m');

-- renamed: with the same tokens but its name, of which there are eight; also into another file
SELECT cg_create_snapshot('aspects', 'names 1');
SELECT cg_replace_files('aspects', 'names 1', 'names 1', '[{"file_path": "n.py", "chunks": [
    {"fqn": "m.load", "kind": "function", "start_line": 1, "content": "def load(path): return load(path, 1)"},
    {"fqn": "m.few", "kind": "function", "start_line": 2, "content": "def few(): pass"},
    {"fqn": "m.elsewhere", "kind": "function", "start_line": 3, "content": "def elsewhere(path): return path.read(1)"},
    {"fqn": "m.other_kind", "kind": "function", "start_line": 4, "content": "def other_kind(x): return x + x * 2"}],
    "dependencies": [{"from_fqn": "m.load", "to_fqn": "open"}]}]');
SELECT cg_replace_files('aspects', 'names 1', 'names 2', '[{"file_path": "n.py", "chunks": [
    {"fqn": "m.read", "kind": "function", "start_line": 1, "content": "def read(path):\n  return read(path, 1)"},
    {"fqn": "m.little", "kind": "function", "start_line": 3, "content": "def little(): pass"},
    {"fqn": "m.another_kind", "kind": "method", "start_line": 4, "content": "def another_kind(x): return x + x * 2"}]},
    {"file_path": "p.py", "chunks": [{"fqn": "p.elsewhere", "kind": "function", "content": "def elsewhere(path): return path.read(1)"}]}]');
SELECT change, aspects, fqn, old_fqn, old_file_path, new_file_path, similarity, dependencies_removed FROM cg_compare_commits('aspects', 'names 1', 'names 2');
-- without pass 3 they pair as well: their tokens are the same
SELECT change, fqn, old_fqn FROM cg_compare_commits('aspects', 'names 1', 'names 2', NULL);

-- by similarity: twenty tokens of which some differ
SELECT cg_create_snapshot('aspects', 'similar 1');
SELECT cg_replace_file('aspects', 'similar 1', 'similar 1', 's', '[
    {"fqn": "a", "content": "a 1 2 3 4 5 6 7 8 9"},
    {"fqn": "b", "content": "b 1 2 3 4 5 6 7 x y", "start_line": 2},
    {"fqn": "c", "content": "c p q r s t u v w 1", "start_line": 3}]');
SELECT cg_replace_file('aspects', 'similar 1', 'similar 2', 's', '[
    {"fqn": "d", "content": "d 1 2 3 4 5 6 7 8 z"},
    {"fqn": "e", "content": "e 1 2 3 4 5 6 x y z", "start_line": 2},
    {"fqn": "f", "content": "f p q r i j k l m n", "start_line": 3}]');
SELECT change, aspects, fqn, old_fqn, similarity FROM cg_compare_commits('aspects', 'similar 1', 'similar 2');
SELECT change, fqn, old_fqn, similarity FROM cg_compare_commits('aspects', 'similar 1', 'similar 2', 0.3);
SELECT change, fqn, old_fqn, similarity FROM cg_compare_commits('aspects', 'similar 1', 'similar 2', 0.9);
SELECT change, fqn, old_fqn, similarity FROM cg_compare_commits('aspects', 'similar 1', 'similar 2', 1);
SELECT change, fqn, old_fqn, similarity FROM cg_compare_commits('aspects', 'similar 1', 'similar 2', NULL);
SELECT * FROM cg_compare_commits('aspects', 'similar 1', 'similar 2', 1.1);
SELECT * FROM cg_compare_commits('aspects', 'similar 1', 'similar 2', 0.29);
SELECT * FROM cg_compare_commits('aspects', 'similar 1', 'similar 2', -1);
SELECT * FROM cg_compare_commits('aspects', 'similar 1', 'similar 2', 1e308);
-- 1 takes the same tokens in another order
SELECT cg_replace_file('aspects', 'similar 1', 'order', 's', '[{"fqn": "g", "content": "9 8 7 6 5 4 3 2 1 g"}]');
SELECT change, aspects, fqn, old_fqn, similarity FROM cg_compare_commits('aspects', 'similar 1', 'order', 1);

-- dependencies: added, removed, with another confidence; those of renamed and of unlisted pairs too
SELECT cg_create_snapshot('aspects', 'links 1');
SELECT cg_replace_file('aspects', 'links 1', 'links 1', 'l', '[
    {"fqn": "a", "content": "a 1 2 3 4 5 6 7 8"}, {"fqn": "b", "content": "b", "start_line": 2}, {"fqn": "c", "content": "c", "start_line": 3}, {"content": "no name", "start_line": 4}]',
    '[{"from_fqn": "a", "to_fqn": "x"}, {"from_fqn": "a", "to_fqn": "y", "relationship": "EXTENDS"}, {"from_fqn": "b", "to_fqns": ["x", "y"], "to_name": "n", "confidence": 0.5},
      {"from_fqn": "c", "to_fqn": "x"}, {"from_chunk_id": "aspects:l:unknown:4-4", "to_fqn": "q\"uoted"}]');
SELECT cg_replace_file('aspects', 'links 1', 'links 2', 'l', '[
    {"fqn": "renamed", "content": "renamed 1 2 3 4 5 6 7 8"}, {"fqn": "b", "content": "b", "start_line": 2}, {"fqn": "d", "content": "d", "start_line": 3}, {"content": "no name", "start_line": 5}]',
    '[{"from_fqn": "renamed", "to_fqn": "x"}, {"from_fqn": "renamed", "to_fqn": "y"}, {"from_fqn": "b", "to_fqns": ["x", "y"], "to_name": "n", "confidence": 0.25, "sites": [[2]]},
      {"from_fqn": "d", "to_name": "x"}]');
SELECT * FROM cg_compare_dependencies('aspects', 'links 1', 'links 2');
SELECT * FROM cg_compare_dependencies('aspects', 'links 2', 'links 1');
SELECT change, fqn, old_fqn, dependencies_added, dependencies_removed FROM cg_compare_commits('aspects', 'links 1', 'links 2');
SELECT * FROM cg_compare_dependencies('aspects', 'links 1', 'links 1');
SELECT * FROM cg_compare_dependencies('aspects', 'links 1', 'nowhere');

-- the lines of a file, and the chunks around one of them
SELECT chunk_id, fqn FROM cg_chunk_at('aspects', 'new', 'a.py', 4);
SELECT chunk_id, fqn FROM cg_chunk_at('aspects', 'new', 'a.py', 1);
SELECT chunk_id FROM cg_chunk_at('aspects', 'new', 'a.py', 0);
SELECT chunk_id FROM cg_chunk_at('aspects', 'new', 'a.py', 999999999999);
SELECT chunk_id FROM cg_chunk_at('aspects', 'new', 'nowhere.py', 1);
SELECT cg_file_content('aspects', 'class', 'a.py');
SELECT cg_file_content('aspects', 'old', 'a.py');
SELECT '<' || cg_file_content('aspects', 'lines', 'a.py') || '>';
SELECT cg_file_content('aspects', 'new', 'm.py');
SELECT cg_replace_file('aspects', 'new', 'empty', 'e', '[]');
SELECT '<' || cg_file_content('aspects', 'empty', 'e') || '>';
SELECT cg_replace_file('aspects', 'new', 'far', 'f', '[{"content": "x", "start_line": 16777217}]');
SELECT length(cg_file_content('aspects', 'far', 'f'));
SELECT cg_replace_file('aspects', 'new', 'far', 'f', '[{"content": "x", "start_line": 16777218}]');
SELECT cg_file_content('aspects', 'far', 'f');
-- of two chunks with the same lines the last one in reader order counts; a line without a line feed gets one
SELECT cg_replace_file('aspects', 'new', 'same', 'f', '[{"name": "a", "content": "1\n2\n3"}, {"name": "b", "content": "x\ny\nz"}, {"name": "c", "content": "", "start_line": 2}]');
SELECT name FROM cg_chunk_at('aspects', 'same', 'f', 2);
SELECT '<' || cg_file_content('aspects', 'same', 'f') || '>';
SELECT cg_soft_delete_file_chunks('aspects', 'same', 'f');
SELECT cg_file_content('aspects', 'same', 'f');
SELECT name FROM cg_chunk_at('aspects', 'same', 'f', 2);

-- a history tells the same of one chunk: a change inside a nested chunk is none, a signature is one
SELECT snapshot_id, change FROM cg_chunk_history('aspects', 'C') WHERE snapshot_id IN ('old', 'new', 'class');
SELECT cg_save_repository('aspects-history');
SELECT cg_create_snapshot('aspects-history', '1', NULL, NULL, NULL, '2020-01-01T00:00:00Z');
SELECT cg_create_snapshot('aspects-history', '2', NULL, NULL, NULL, '2020-01-02T00:00:00Z');
SELECT cg_create_snapshot('aspects-history', '3', NULL, NULL, NULL, '2020-01-03T00:00:00Z');
SELECT cg_create_snapshot('aspects-history', '4', NULL, NULL, NULL, '2020-01-04T00:00:00Z');
SELECT cg_save_chunks('aspects-history', '1', '[{"file_path": "h", "fqn": "C", "content": "class\nm 1"}, {"file_path": "h", "fqn": "C.m", "start_line": 2, "content": "m 1"}]');
SELECT cg_save_chunks('aspects-history', '2', '[{"file_path": "h", "fqn": "C", "content": "class\nm 2"}, {"file_path": "h", "fqn": "C.m", "start_line": 2, "content": "m 2"}]');
SELECT cg_save_chunks('aspects-history', '3', '[{"file_path": "h", "fqn": "C", "content": "class\nm 2", "symbol_visibility": "public"}, {"file_path": "h", "fqn": "C.m", "start_line": 2, "content": "m 2", "signature": "m ( )"}]');
SELECT cg_save_chunks('aspects-history', '4', '[{"file_path": "h", "fqn": "C", "content": "class\nm 2", "symbol_visibility": "public"}, {"file_path": "h", "fqn": "C.m", "start_line": 2, "content": "m 2", "signature": "m(x)"}]');
SELECT snapshot_id, change FROM cg_chunk_history('aspects-history', 'C');
SELECT snapshot_id, change FROM cg_chunk_history('aspects-history', 'C.m');
