-- Texts are compared by their bytes, as SQLite does it: lists that are paged must have one order,
-- however the database was set up. Done once for each new column, while its table is empty.

do $$
declare
  text_column record;
begin
  for text_column in
    select table_name, column_name
    from information_schema.columns
    where table_schema = current_schema()
      and data_type = 'text'
      and collation_name is distinct from 'C'
      and table_name not like 'flyway%'
  loop
    execute format(
      'alter table %I alter column %I type text collate "C"',
      text_column.table_name, text_column.column_name);
  end loop;
end
$$;
