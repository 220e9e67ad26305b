-- What lists show, filter and sort by, beside the documents; and the audit log. A row of an earlier
-- Stillpoint has null in "mode" or "vm_count" until it is filled in at the next start.

alter table restore_points add column policy text;
alter table restore_points add column mode text;
alter table restore_points add column state text;
alter table restore_points add column consistency text;
alter table restore_points add column disk_count integer;
alter table restore_points add column bytes_virtual bigint;
alter table restore_points add column bytes_read bigint;
alter table restore_points add column bytes_stored bigint;

drop index restore_points_by_vm_id;
drop index restore_points_by_vm_name;
create index restore_points_by_vm_id on restore_points (vm, point_time, created, id);
create index restore_points_by_vm_name on restore_points (vm_name, point_time, created, id);
create index restore_points_by_policy on restore_points (policy, point_time, created, id);
create index restore_points_by_mode on restore_points (mode, point_time, created, id);
create index restore_points_by_state on restore_points (state, point_time, created, id);
create index restore_points_by_size on restore_points (bytes_virtual, point_time, created, id);
create index restore_points_by_stored on restore_points (bytes_stored, point_time, created, id);

alter table runs add column started text;
alter table runs add column ended text;
alter table runs add column vm_name text;
alter table runs add column vm_count integer;
alter table runs add column bytes_read bigint;
alter table runs add column bytes_stored bigint;
alter table runs add column problem text;

create index runs_by_time on runs (created, sequence);
create index runs_by_site on runs (site, created, sequence);
create index runs_by_policy_and_time on runs (policy, created, sequence);
create index runs_by_kind on runs (kind, created, sequence);
create index runs_by_state_and_time on runs (state, created, sequence);
create index runs_by_read on runs (bytes_read, created, sequence);
create index runs_by_stored on runs (bytes_stored, created, sequence);

-- A row for each VM of a run, as it was when the run was asked for and, later, when it ended. subject
-- is the VM, or for one that a restore has not made yet the VM that its restore point is of.
create table run_vms (
  run text not null,
  position integer not null,
  vm text,
  subject text,
  vm_name text not null,
  state text not null,
  point text,
  bytes_read bigint not null,
  bytes_stored bigint not null,
  problem text,
  primary key (run, position)
);

create index run_vms_by_vm on run_vms (vm);
create index run_vms_by_vm_name on run_vms (vm_name);

-- The last backup of each VM. good: when the last run ended that made a restore point.
create table vm_states (
  site text not null,
  vm text not null,
  vm_name text not null,
  run text not null,
  state text not null,
  ended text not null,
  good text,
  point text,
  problem text,
  primary key (site, vm)
);

create index vm_states_by_name on vm_states (vm_name, site, vm);
create index vm_states_by_ended on vm_states (ended, site, vm);
create index vm_states_by_state on vm_states (state, vm_name, site, vm);

create table audit (
  sequence ${sequence},
  noted text not null,
  actor text not null,
  action text not null,
  subject text not null,
  result text not null,
  detail text not null
);

create index audit_by_time on audit (noted, sequence);
create index audit_by_actor on audit (actor, noted, sequence);
create index audit_by_action on audit (action, noted, sequence);
create index audit_by_subject on audit (subject, noted, sequence);
create index audit_by_result on audit (result, noted, sequence);
