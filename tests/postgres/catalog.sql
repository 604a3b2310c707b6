-- What the install script declares.
\ir checks.psql

CREATE TEMP VIEW ours AS
    SELECT p.* FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'codegraph';

SELECT pg_temp.check('catalog: there are functions', count(*) > 0) FROM ours;
SELECT pg_temp.check('catalog: no function is security definer', bool_and(NOT prosecdef)) FROM ours;
SELECT pg_temp.check('catalog: no function is strict, NULL is the functions'' own matter', bool_and(NOT proisstrict)) FROM ours;
SELECT pg_temp.check('catalog: what writes is volatile and parallel unsafe, what reads stable and restricted',
                     bool_and((provolatile, proparallel) IN (('v', 'u'), ('s', 'r')))) FROM ours;
SELECT pg_temp.check_equal('catalog: every function has a comment', NULL,
                           string_agg(oid::regprocedure::text, ', ') FILTER (WHERE obj_description(oid, 'pg_proc') IS NULL))
FROM ours;
SELECT pg_temp.check_equal('catalog: pg_dump carries every table and sequence', NULL, string_agg(c.relname, ', '))
FROM pg_class c JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'codegraph'
WHERE c.relkind IN ('r', 'S') AND NOT c.oid = ANY (e.extconfig);
SELECT pg_temp.check_equal('catalog: cg_version is the extension''s', extversion, cg_version())
FROM pg_extension WHERE extname = 'codegraph';
SELECT pg_temp.check_equal('catalog: a setting that is not ours is refused', '42602',
                           left(pg_temp.outcome('SET codegraph.no_such_setting = 1'), 5));
SELECT pg_temp.check_equal('catalog: everybody may set how much writers index', '500 0 1000000 user', concat_ws(' ', boot_val, min_val, max_val, context))
FROM pg_settings WHERE name = 'codegraph.auto_index_content';
SELECT pg_temp.check_equal('catalog: but no more than that', '22023', left(pg_temp.outcome('SET codegraph.auto_index_content = 1000001'), 5));
SELECT 'ok catalog: reached the end';
