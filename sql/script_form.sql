\set VERBOSITY terse
\pset format unaligned
-- What scripts may rely on in both databases: the runner for SQLite must print all of this as psql does.

SELECT 1 AS one,

       'x' AS two;
SELECT 1 AS a; SELECT 2 AS b;
SELECT 'a

b' AS multi_line, ';' AS semicolon, ':one' AS "no variable"; /* a comment; \echo not a command

   that goes on */ SELECT 'it''s' AS quoted;
SELECT (1 + 2) * 3 AS number -- ; a comment \echo
;
	SELECT 1 AS tabbed;  	
;

-- values and names
CREATE TABLE things (id integer PRIMARY KEY, label text, ratio double precision, ready boolean);
INSERT INTO things VALUES (1, 'one', 0.5, true), (2, 'two', 1e20, false), (3, NULL, NULL, NULL);
INSERT INTO things VALUES (4, '', 100, true) RETURNING id, ready;
SELECT * FROM things ORDER BY id;
SELECT t.id, count(*), max(t.ratio), Coalesce(max(label), 'none'), min(t.id) + 1, 'text' || label, CASE WHEN t.id > 1 THEN 'more' END, (max(t.id)),
       replace(label, ')', '(') FROM things t GROUP BY t.id, t.label ORDER BY t.id;
INSERT INTO things VALUES (5, 'a', 1e15, NULL), (6, 'b', 1e14, NULL), (7, 'c', 0.0001, NULL), (8, 'd', 0.00001, NULL), (9, 'e', 0.1, NULL),
       (10, 'f', 123456789012345678.0, NULL), (11, 'g', -2.5, NULL), (12, 'h', 0.3333333333333333, NULL), (13, 'i', 0.0, NULL), (14, 'j', 5e-324, NULL);
SELECT label, ratio FROM things WHERE id > 4 ORDER BY id;
SELECT label FROM things WHERE false;
SELECT 1 AS "A b", 'x|y' AS separator;
\pset null '(null)'
SELECT label, ready FROM things WHERE id = 3;
\pset null ''
\pset tuples_only on
SELECT id, ready FROM things WHERE id < 3 ORDER BY id;
\pset tuples_only off
\t
SELECT 1, 2;
\t
\pset footer off
SELECT 1 AS a, 2 AS b;
\pset footer on
UPDATE things SET label = 'new' WHERE id = 1;
DELETE FROM things WHERE id > 4;

-- variables
\set who 'O''Brien'
\set joined a b c
\echo :who :'who' :"who" :joined :unset ':who' ":who" :{?who} :{?unset}
\echo hello 'wor  ld'   x -n "dq"
\echo -n no line end
\echo , next
SELECT :'who' AS who, ':who' AS literal;
\unset who
\echo :who
SELECT id AS found, label, ready FROM things WHERE id = 1 \gset
\echo :found :label :ready
SELECT 2 AS found \gset other_
\echo :other_found
SELECT 'x' AS ended \g
SELECT id FROM things WHERE false \gset
SELECT id FROM things \gset
SELECT 1 AS "one two" \gset
SELECT 'never shown'
\r
SELECT 'shown' AS v;

-- conditions
\if true
\if false
SELECT 'not run;
\endif
' AS still_a_literal;
\elif yes
SELECT 'elif' AS branch;
\elif true
SELECT 'second elif' AS branch;
\else
SELECT 'else' AS branch;
\endif
\else
\if nonsense
\endif
\endif
\if maybe
SELECT 'maybe' AS branch;
\endif
\else
\endif

-- transactions
CREATE TABLE unique_things (id integer PRIMARY KEY);
BEGIN;
SAVEPOINT before;
INSERT INTO unique_things VALUES (1);
ROLLBACK TO SAVEPOINT before;
INSERT INTO unique_things VALUES (2);
COMMIT;
SELECT id FROM unique_things;
-- after an error nothing goes, up to the end of the savepoint or of the transaction
BEGIN;
INSERT INTO unique_things VALUES (3);
SAVEPOINT before;
SELECT cg_count_chunks('nowhere', 'main');
SELECT 1 AS refused;
ROLLBACK TO SAVEPOINT before;
SELECT 1 AS goes_on;
SELECT cg_count_chunks('nowhere', 'main');
\echo :ERROR :LAST_ERROR_MESSAGE
INSERT INTO unique_things VALUES (4);
COMMIT;
SELECT id FROM unique_things;
\echo :ERROR :ROW_COUNT
DROP TABLE unique_things;
DROP TABLE things;
SELECT 'the end' AS last
