\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- cg_impact: what depends on the symbols that differ between two snapshots.

-- a -> b; b -> c; d -> c, ext; e -> b (IMPORTS, 0.5); h -> gone (USES); x <-> y; reader -> the note, which has no FQN; lonely
SELECT cg_save_repository('impact');
SELECT cg_create_snapshot('impact', 'v1', NULL, 'trunk');
SELECT cg_replace_files('impact', 'v1', 'v1', '[
    {"file_path": "ab.py", "chunks": [{"fqn": "a", "kind": "function", "content": "a"}, {"fqn": "b", "content": "b", "start_line": 2}], "dependencies": [{"from_fqn": "a", "to_fqn": "b"}, {"from_fqn": "b", "to_fqn": "c"}]},
    {"file_path": "c.py", "chunks": [{"fqn": "c", "content": "c"}]},
    {"file_path": "d.py", "chunks": [{"fqn": "d", "content": "d"}], "dependencies": [{"from_fqn": "d", "to_fqn": "c"}, {"from_fqn": "d", "to_fqn": "ext"}]},
    {"file_path": "e.py", "chunks": [{"fqn": "e", "content": "e"}], "dependencies": [{"from_fqn": "e", "to_fqn": "b", "relationship": "IMPORTS", "confidence": 0.5}]},
    {"file_path": "gone.py", "chunks": [{"fqn": "gone", "content": "g"}], "dependencies": [{"from_fqn": "gone", "to_fqn": "c"}]},
    {"file_path": "h.py", "chunks": [{"fqn": "h", "content": "h"}], "dependencies": [{"from_fqn": "h", "to_fqn": "gone", "relationship": "USES"}]},
    {"file_path": "lonely.py", "chunks": [{"fqn": "lonely", "content": "l"}]},
    {"file_path": "note.txt", "chunks": [{"name": "note", "content": "n"}]},
    {"file_path": "reader.py", "chunks": [{"fqn": "reader", "content": "r"}], "dependencies": [{"from_fqn": "reader", "to_chunk_id": "impact:note.txt:note:1-1"}]},
    {"file_path": "xy.py", "chunks": [{"fqn": "x", "content": "x"}, {"fqn": "y", "content": "y", "start_line": 2}], "dependencies": [{"from_fqn": "x", "to_fqn": "y"}, {"from_fqn": "y", "to_fqn": "x"}]}]');

-- nothing changed, and lines alone are no change: no rows
SELECT * FROM cg_impact('impact', 'v1', 'v1');
SELECT cg_replace_file('impact', 'v1', 'lines', 'c.py', '[{"fqn": "c", "content": "c", "start_line": 100}]');
SELECT * FROM cg_impact('impact', 'v1', 'lines');

-- c is modified
SELECT cg_replace_file('impact', 'v1', 'modified', 'c.py', '[{"fqn": "c", "content": "other c"}]');
SELECT * FROM cg_impact('impact', 'v1', 'modified');
SELECT depth, fqn FROM cg_impact('impact', 'trunk', 'modified', 0);
SELECT depth, fqn FROM cg_impact('impact', 'v1', 'modified', 1);
SELECT depth, fqn FROM cg_impact('impact', 'v1', 'modified', 2, NULL, NULL);
SELECT depth, fqn FROM cg_impact('impact', 'v1', 'modified', NULL, 'CALLS');
SELECT depth, fqn FROM cg_impact('impact', 'v1', 'modified', NULL, 'IMPORTS');
SELECT depth, fqn FROM cg_impact('impact', 'v1', 'modified', NULL, NULL, 0.51);
-- the other way round it is the same here; between changes that are the same there is none
SELECT depth, fqn, via FROM cg_impact('impact', 'modified', 'v1');
SELECT cg_replace_file('impact', 'v1', 'modified again', 'c.py', '[{"fqn": "c", "content": "other c", "start_line": 7}]');
SELECT * FROM cg_impact('impact', 'modified', 'modified again');

-- gone is deleted, and h still depends on it; what gone depended on is not touched
SELECT cg_replace_files('impact', 'v1', 'deleted', '[{"file_path": "gone.py", "deleted": true}]');
SELECT change, fqn FROM cg_compare_commits('impact', 'v1', 'deleted');
SELECT * FROM cg_impact('impact', 'v1', 'deleted');
SELECT * FROM cg_impact('impact', 'v1', 'deleted', NULL, 'CALLS');
-- soft-deleted is the same; what nothing refers to any more has no impact
SELECT cg_create_snapshot('impact', 'soft', NULL, NULL, 'v1');
SELECT cg_soft_delete_file_chunks('impact', 'soft', 'gone.py'), cg_soft_delete_file_chunks('impact', 'soft', 'lonely.py');
SELECT change, fqn FROM cg_compare_commits('impact', 'v1', 'soft');
SELECT depth, fqn, via FROM cg_impact('impact', 'v1', 'soft');
SELECT cg_replace_files('impact', 'v1', 'quiet', '[{"file_path": "lonely.py", "deleted": true}]');
SELECT * FROM cg_impact('impact', 'v1', 'quiet');

-- ext, so far external, is added: d sees another symbol; nothing depends on new, which itself depends on a
SELECT cg_replace_file('impact', 'v1', 'added', 'ext.py', '[{"fqn": "ext", "content": ""}, {"fqn": "new", "content": "", "start_line": 2}]', '[{"from_fqn": "new", "to_fqn": "a"}]');
SELECT change, fqn FROM cg_compare_commits('impact', 'v1', 'added');
SELECT * FROM cg_impact('impact', 'v1', 'added');
-- what depends on it in the later snapshot, and there alone
SELECT cg_replace_file('impact', 'added', 'added more', 'lonely.py', '[{"fqn": "lonely", "content": "l"}]', '[{"from_fqn": "lonely", "to_fqn": "new"}]');
SELECT change, fqn FROM cg_compare_commits('impact', 'added', 'added more');
SELECT depth, fqn, via FROM cg_impact('impact', 'added', 'added more');
SELECT cg_replace_file('impact', 'added more', 'added most', 'ext.py', '[{"fqn": "ext", "content": ""}, {"fqn": "new", "content": "changed", "start_line": 2}]', '[{"from_fqn": "new", "to_fqn": "a"}]');
SELECT depth, fqn, via FROM cg_impact('impact', 'added more', 'added most');
SELECT depth, fqn, via FROM cg_impact('impact', 'added more', 'v1');

-- b is moved, with its dependency: a and e depend on it
SELECT cg_replace_files('impact', 'v1', 'moved', '[
    {"file_path": "ab.py", "chunks": [{"fqn": "a", "kind": "function", "content": "a"}], "dependencies": [{"from_fqn": "a", "to_fqn": "b"}]},
    {"file_path": "new/b.py", "chunks": [{"fqn": "b", "content": "b"}], "dependencies": [{"from_fqn": "b", "to_fqn": "c"}]}]');
SELECT change, fqn FROM cg_compare_commits('impact', 'v1', 'moved');
SELECT * FROM cg_impact('impact', 'v1', 'moved');
-- relinked: b now depends on ext
SELECT cg_replace_file('impact', 'v1', 'relinked', 'ab.py', '[{"fqn": "a", "kind": "function", "content": "a"}, {"fqn": "b", "content": "b", "start_line": 2}]', '[{"from_fqn": "a", "to_fqn": "b"}, {"from_fqn": "b", "to_fqn": "ext"}]');
SELECT change, fqn FROM cg_compare_commits('impact', 'v1', 'relinked');
SELECT depth, fqn, via FROM cg_impact('impact', 'v1', 'relinked');

-- two that changed, one of which depends on the other, are both left out; each row's via is the nearest
SELECT cg_replace_files('impact', 'v1', 'both', '[
    {"file_path": "ab.py", "chunks": [{"fqn": "a", "kind": "function", "content": "a"}, {"fqn": "b", "content": "other b", "start_line": 2}], "dependencies": [{"from_fqn": "a", "to_fqn": "b"}, {"from_fqn": "b", "to_fqn": "c"}]},
    {"file_path": "c.py", "chunks": [{"fqn": "c", "content": "other c"}]}]');
SELECT change, fqn FROM cg_compare_commits('impact', 'v1', 'both');
SELECT depth, fqn, via, relationship FROM cg_impact('impact', 'v1', 'both');
-- in a cycle: x changed and is left out
SELECT cg_replace_file('impact', 'v1', 'cycle', 'xy.py', '[{"fqn": "x", "content": "other x"}, {"fqn": "y", "content": "y", "start_line": 2}]', '[{"from_fqn": "x", "to_fqn": "y"}, {"from_fqn": "y", "to_fqn": "x"}]');
SELECT depth, fqn, via FROM cg_impact('impact', 'v1', 'cycle');
-- a chunk without FQN: deleted and added with the same id, which reader depends on
SELECT cg_replace_file('impact', 'v1', 'note', 'note.txt', '[{"name": "note", "content": "other n"}]');
SELECT change, fqn, old_chunk_id, new_chunk_id FROM cg_compare_commits('impact', 'v1', 'note');
SELECT depth, fqn, via FROM cg_impact('impact', 'v1', 'note');

-- from and to nothing: everything is added, and everything is left out; or nothing is there to break
SELECT cg_create_snapshot('impact', 'empty');
SELECT * FROM cg_impact('impact', 'empty', 'v1');
SELECT * FROM cg_impact('impact', 'v1', 'empty');

-- arguments that are wrong
SELECT * FROM cg_impact('impact', 'v1', 'modified', -1);
SELECT * FROM cg_impact('impact', 'v1', 'v1', NULL, '');
SELECT * FROM cg_impact('impact', 'v1', 'modified', NULL, 'calls');
SELECT * FROM cg_impact('impact', 'v1', 'modified', NULL, NULL, 1.5);
SELECT * FROM cg_impact('impact', 'v1', 'v1', NULL, NULL, -0.5);
SELECT * FROM cg_impact(NULL, 'v1', 'modified');
SELECT * FROM cg_impact('impact', NULL, 'modified');
SELECT * FROM cg_impact('impact', 'v1', NULL);
SELECT * FROM cg_impact('impact', 'nowhere', 'v1');
SELECT * FROM cg_impact('impact', 'v1', 'nowhere');
SELECT * FROM cg_impact('nowhere', 'v1', 'v1');

-- one history for each aspect: user depends on f, which has the method f.m nested in it
SELECT cg_create_snapshot('impact', 'aspects');
SELECT cg_replace_files('impact', 'aspects', 'aspects', '[
    {"file_path": "f.py", "chunks": [{"fqn": "f", "kind": "class", "start_line": 1, "content": "class f(a):\n  def m(self): pass\n  end = f\n", "signature": "class f(a)", "symbol_visibility": "public"},
        {"fqn": "f.m", "kind": "method", "start_line": 2, "content": "  def m(self): pass\n"}]},
    {"file_path": "user.py", "chunks": [{"fqn": "user", "content": "user"}], "dependencies": [{"from_fqn": "user", "to_fqn": "f", "confidence": 0.5}]}]');
SELECT cg_replace_file('impact', 'aspects', 'signature', 'f.py', '[{"fqn": "f", "kind": "class", "start_line": 1, "content": "class f(a, b):\n  def m(self): pass\n  end = f\n", "signature": "class f(a, b)", "symbol_visibility": "public"}, {"fqn": "f.m", "kind": "method", "start_line": 2, "content": "  def m(self): pass\n"}]');
SELECT cg_replace_file('impact', 'aspects', 'body', 'f.py', '[{"fqn": "f", "kind": "class", "start_line": 1, "content": "class f(a):\n  def m(self): pass\n  end = g\n", "signature": "class f(a)", "symbol_visibility": "public"}, {"fqn": "f.m", "kind": "method", "start_line": 2, "content": "  def m(self): pass\n"}]');
SELECT cg_replace_file('impact', 'aspects', 'visibility', 'f.py', '[{"fqn": "f", "kind": "class", "start_line": 1, "content": "class f(a):\n  def m(self): pass\n  end = f\n", "signature": "class f(a)"}, {"fqn": "f.m", "kind": "method", "start_line": 2, "content": "  def m(self): pass\n"}]');
SELECT cg_replace_file('impact', 'aspects', 'kind', 'f.py', '[{"fqn": "f", "kind": "struct", "start_line": 1, "content": "class f(a):\n  def m(self): pass\n  end = f\n", "signature": "class f(a)", "symbol_visibility": "public"}, {"fqn": "f.m", "kind": "method", "start_line": 2, "content": "  def m(self): pass\n"}]');
SELECT cg_replace_file('impact', 'aspects', 'whitespace', 'f.py', '[{"fqn": "f", "kind": "class", "start_line": 1, "content": "class f( a ):\n  def m(self): pass\n  end = f\n", "signature": "class f(a)", "symbol_visibility": "public"}, {"fqn": "f.m", "kind": "method", "start_line": 2, "content": "  def m(self): pass\n"}]');
SELECT cg_replace_file('impact', 'aspects', 'nested', 'f.py', '[{"fqn": "f", "kind": "class", "start_line": 1, "content": "class f(a):\n  def m(self): return\n  end = f\n", "signature": "class f(a)", "symbol_visibility": "public"}, {"fqn": "f.m", "kind": "method", "start_line": 2, "content": "  def m(self): return\n"}]');
SELECT cg_replace_file('impact', 'aspects', 'dependencies', 'f.py', '[{"fqn": "f", "kind": "class", "start_line": 1, "content": "class f(a):\n  def m(self): pass\n  end = f\n", "signature": "class f(a)", "symbol_visibility": "public"}, {"fqn": "f.m", "kind": "method", "start_line": 2, "content": "  def m(self): pass\n"}]', '[{"from_fqn": "f", "to_fqn": "a"}]');
SELECT cg_replace_files('impact', 'aspects', 'path', '[{"file_path": "f.py", "deleted": true}, {"file_path": "g.py", "chunks": [{"fqn": "f", "kind": "class", "start_line": 1, "content": "class f(a):\n  def m(self): pass\n  end = f\n", "signature": "class f(a)", "symbol_visibility": "public"}, {"fqn": "f.m", "kind": "method", "start_line": 2, "content": "  def m(self): pass\n"}]}]');
SELECT change, aspects, fqn FROM cg_compare_commits('impact', 'aspects', 'signature');
SELECT depth, fqn, via, relationship, score FROM cg_impact('impact', 'aspects', 'signature');
SELECT change, aspects, fqn FROM cg_compare_commits('impact', 'aspects', 'body');
SELECT depth, fqn, via FROM cg_impact('impact', 'aspects', 'body');
SELECT change, aspects, fqn FROM cg_compare_commits('impact', 'aspects', 'visibility');
SELECT depth, fqn, via FROM cg_impact('impact', 'aspects', 'visibility');
SELECT change, aspects, fqn FROM cg_compare_commits('impact', 'aspects', 'kind');
SELECT depth, fqn, via FROM cg_impact('impact', 'aspects', 'kind');
SELECT change, aspects, fqn FROM cg_compare_commits('impact', 'aspects', 'whitespace');
SELECT depth, fqn, via FROM cg_impact('impact', 'aspects', 'whitespace');
SELECT change, aspects, fqn FROM cg_compare_commits('impact', 'aspects', 'nested');
SELECT depth, fqn, via FROM cg_impact('impact', 'aspects', 'nested');
SELECT change, aspects, fqn FROM cg_compare_commits('impact', 'aspects', 'dependencies');
SELECT depth, fqn, via FROM cg_impact('impact', 'aspects', 'dependencies');
SELECT change, aspects, fqn FROM cg_compare_commits('impact', 'aspects', 'path');
SELECT depth, fqn, via FROM cg_impact('impact', 'aspects', 'path');

-- renamed: who used the old name is one step away, also where he uses the new one now, and what depends on him two
SELECT cg_create_snapshot('impact', 'names');
SELECT cg_replace_files('impact', 'names', 'names', '[
    {"file_path": "load.py", "chunks": [{"fqn": "load", "content": "def load(path): return open(path, 1)"}]},
    {"file_path": "users.py", "chunks": [{"fqn": "keeps", "content": "k"}, {"fqn": "follows", "content": "f", "start_line": 2}, {"fqn": "leaves", "content": "l", "start_line": 3}, {"fqn": "caller", "content": "c", "start_line": 4}, {"content": "no name", "start_line": 5}],
     "dependencies": [{"from_fqn": "keeps", "to_fqn": "load"}, {"from_fqn": "follows", "to_fqn": "load", "confidence": 0.75}, {"from_fqn": "follows", "to_fqn": "load", "relationship": "IMPORTS", "confidence": 0.5}, {"from_fqn": "leaves", "to_fqn": "load", "relationship": "USES"}, {"from_fqn": "caller", "to_fqn": "leaves", "confidence": 0.5},
        {"from_chunk_id": "impact:users.py:unknown:5-5", "to_fqn": "load"}]}]');
SELECT cg_replace_files('impact', 'names', 'renamed', '[
    {"file_path": "load.py", "chunks": [{"fqn": "a_load", "name": "a_load", "content": "def a_load(path): return open(path, 1)"}]},
    {"file_path": "users.py", "chunks": [{"fqn": "keeps", "content": "k"}, {"fqn": "follows", "content": "f", "start_line": 2}, {"fqn": "leaves", "content": "l", "start_line": 3}, {"fqn": "caller", "content": "c", "start_line": 4}, {"content": "no name", "start_line": 5}],
     "dependencies": [{"from_fqn": "keeps", "to_fqn": "load"}, {"from_fqn": "follows", "to_fqn": "a_load", "confidence": 0.5}, {"from_fqn": "caller", "to_fqn": "leaves", "confidence": 0.5}]}]');
SELECT change, aspects, fqn, old_fqn FROM cg_compare_commits('impact', 'names', 'renamed');
SELECT depth, fqn, via, relationship, score FROM cg_impact('impact', 'names', 'renamed');
SELECT depth, fqn, via, relationship, score FROM cg_impact('impact', 'names', 'renamed', 1, 'USES,IMPORTS');
SELECT depth, fqn, via, relationship, score FROM cg_impact('impact', 'names', 'renamed', NULL, NULL, 0.75);
SELECT depth, fqn FROM cg_impact('impact', 'names', 'renamed', 0);
-- who is gone himself is not there to be listed
SELECT cg_replace_files('impact', 'renamed', 'gone', '[{"file_path": "users.py", "chunks": [{"fqn": "caller", "content": "c"}], "dependencies": [{"from_fqn": "caller", "to_fqn": "keeps"}]}]');
SELECT depth, fqn, via, score, is_external FROM cg_impact('impact', 'names', 'gone');
