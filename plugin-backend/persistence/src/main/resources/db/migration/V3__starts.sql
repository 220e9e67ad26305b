-- What came of each slot of each policy: a run, or why there was none. The key is what keeps a slot from being
-- started twice, whatever clocks and servers do.

create table slot_starts (
  policy text not null,
  slot text not null,
  run text,
  reason text not null,
  noted text not null,
  primary key (policy, slot)
);

create index slot_starts_by_slot on slot_starts (slot);

-- One row: when somebody last looked for what is due.
create table last_look (
  id integer not null primary key,
  at text not null
);

create index runs_of_policy on runs (policy, sequence);

-- Every policy there ever was, as it was last kept: what is deleted can be adopted.
create table past_policies (
  id text not null primary key,
  name text not null,
  document text not null
);

insert into past_policies (id, name, document) select id, name, document from policies;

-- db-scheduler's table, as its manual gives it.
create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamp with time zone,
  picked boolean not null,
  picked_by text,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures integer,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  state text,
  primary key (task_name, task_instance)
);

create index scheduled_tasks_by_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
