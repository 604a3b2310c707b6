\set VERBOSITY terse
\pset format unaligned
\pset null '(null)'
-- JSON that is malformed, or is not what the function takes: the text names the place.

SELECT cg_save_repository('json');
SELECT cg_create_snapshot('json', 'main');
\set ten 0123456789
\set fifty :ten:ten:ten:ten:ten
\set hundred :fifty:fifty
\set thousand :hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred:hundred
\set long1025 :thousand:ten:ten 01234

-- malformed
SELECT cg_save_chunk('json', 'main', '');
SELECT cg_save_chunk('json', 'main', ' ');
SELECT cg_save_chunk('json', 'main', '{');
SELECT cg_save_chunk('json', 'main', '}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a"');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a"}}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a"} {}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a",}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a" "content": "a"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", content: "a"}');
SELECT cg_save_chunk('json', 'main', '{''file_path'': ''a''}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "\x"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "\u12"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "line
feed"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "importance": .5}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "importance": 00.5}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "importance": NaN}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "summary": nul}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a"} // comment');
SELECT cg_save_chunks('json', 'main', '[,]');
SELECT cg_save_chunks('json', 'main', '[] []');
SELECT cg_save_chunks('json', 'main', '][');
-- what nobody would look at is checked too
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "attrs": {"a": [1, {"b": tru}]}}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "attrs": {"a": "\q"}}');
SELECT cg_create_snapshot('json', 'x', NULL, NULL, NULL, NULL, '{"a": 1');
-- nested deeper than anyone writes: an error
\set ten_open [[[[[[[[[[
\set ten_closed ]]]]]]]]]]
\set hundred_open :ten_open:ten_open:ten_open:ten_open:ten_open:ten_open:ten_open:ten_open:ten_open:ten_open
\set hundred_closed :ten_closed:ten_closed:ten_closed:ten_closed:ten_closed:ten_closed:ten_closed:ten_closed:ten_closed:ten_closed
SELECT cg_save_chunks('json', 'main', replace('xxxxxxxxxxxxxxxxxxxx', 'x', :'hundred_open') || replace('xxxxxxxxxxxxxxxxxxxx', 'x', :'hundred_closed'));
-- U+0000 has no place in a text, nor has half of a pair
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a\u0000b"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a\u0000", "content": "a"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a\ud800b"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "\udc00\ud800"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "cont\u0000ent": "a"}');

-- another type than expected
SELECT cg_save_chunk('json', 'main', '[]');
SELECT cg_save_chunk('json', 'main', '"text"');
SELECT cg_save_chunk('json', 'main', '1');
SELECT cg_save_chunk('json', 'main', 'null');
SELECT cg_save_chunk('json', 'main', 'true');
SELECT cg_save_chunks('json', 'main', '{}');
SELECT cg_save_chunks('json', 'main', 'null');
SELECT cg_save_chunks('json', 'main', '[null]');
SELECT cg_save_chunks('json', 'main', '[{"file_path": "a", "content": "a"}, []]');
SELECT cg_save_dependency('json', 'main', '[]');
SELECT cg_save_dependencies('json', 'main', '{}');
SELECT cg_save_dependencies('json', 'main', '["a"]');
SELECT cg_replace_file('json', 'main', 'main', 'a', '""');
SELECT cg_replace_file('json', 'main', 'main', 'a', '[]', 'null');
SELECT cg_replace_files('json', 'main', 'main', 'null');
SELECT cg_save_chunk('json', 'main', '{"file_path": 1, "content": "a"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": ["a"]}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": {}}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "fqn": true}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "importance": "0.5"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "attrs": "{}"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "attrs": []}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "summary": 1e2}');

-- unknown and duplicate fields
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "lines": 1}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "Content": "a"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "": "a"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "is_deleted": null}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "content": "a"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "\u0063ontent": "b"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "summary": null, "summary": null}');
SELECT cg_save_chunks('json', 'main', '[{"file_path": "a", "content": "a"}, {"file_path": "a", "content": "a", "x": 1}]');
SELECT cg_save_dependencies('json', 'main', '[{"from_fqn": "a", "to_fqn": "b"}, {"from_fqn": "a", "to_fqn": "b", "from_fqn": "c"}]');
SELECT cg_replace_files('json', 'main', 'main', '[{"file_path": "a", "file_path": "a", "chunks": []}]');

-- what is required
SELECT cg_save_chunk('json', 'main', '{}');
SELECT cg_save_chunk('json', 'main', '{"content": "a"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": null}');
SELECT cg_save_chunks('json', 'main', '[{"file_path": "a", "content": "a"}, {"content": "a"}]');

-- lines: JSON integers, 1 <= start <= end <= 2147483647
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "start_line": 0}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "start_line": -1}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "start_line": 1.0}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "start_line": 1e0}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "start_line": "1"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "start_line": 2147483648}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "start_line": 99999999999999999999}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "end_line": 2147483648}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "start_line": 2, "end_line": 1}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "1\n2", "start_line": 2147483647}');
-- importance and confidence: from 0 to 1
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "importance": 2}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "importance": 1.0000001}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "importance": -1e-9}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "importance": 1e400}');
-- names: not empty, at most 1,024 bytes
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "fqn": ""}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "name": ""}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "kind": ""}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "language": ""}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "chunk_id": ""}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "fqn": "' || :'long1025' || '"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "name": "' || :'long1025' || '"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "kind": "' || :'long1025' || '"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "language": "' || :'long1025' || '"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "symbol_visibility": "' || :'long1025' || '"}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "chunk_id": "' || :'long1025' || '"}');
-- hashes
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "content_hash": ""}');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "content_hash": "CA978112CA1BBDCAFAC231B39A23DC4DA786EFF8147C4E72B9807785AFEE48BB"}');
SELECT cg_replace_files('json', 'main', 'main', '[{"file_path": "a", "file_hash": "", "chunks": []}]');
SELECT cg_replace_files('json', 'main', 'main', '[{"file_path": "a", "file_hash": 1, "chunks": []}]');
SELECT cg_replace_files('json', 'main', 'main', '[{"file_path": "a", "file_hash": "' || :'hundred' || '01234567890123456789012345678", "chunks": []}]');

-- nothing of all this was saved
SELECT revision FROM cg_snapshots('json');
SELECT cg_count_chunks('json', 'main');
-- and these are fine: white space, escapes in field names, a content hash that is right, attributes beyond any number type
SELECT cg_save_chunk('json', 'main', '
	{ "\u0066ile_path" : "a" , "content" : "a" , "content_hash" : "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb" }
');
SELECT cg_save_chunks('json', 'main', ' [ ] ');
SELECT chunk_id FROM cg_chunks('json', 'main');
SELECT cg_save_chunk('json', 'main', '{"file_path": "a", "content": "a", "attrs": {"big": 99999999999999999999, "exponent": -1.50E+400, "pair": "\ud83d\ude00"}}');
SELECT attrs FROM cg_chunks('json', 'main');
