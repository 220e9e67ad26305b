-- Lists of a policy's points in other orders than time, of a tenant's runs, and by the end of points.

create index restore_points_by_policy_and_vm on restore_points (policy, vm_name, point_time, created, id);
create index restore_points_by_policy_and_size on restore_points (policy, bytes_virtual, point_time, created, id);
create index restore_points_by_policy_and_stored on restore_points (policy, bytes_stored, point_time, created, id);

-- When a point expires; 'never' sorts behind all instants. Null until it is filled in at the next start.
alter table restore_points add column expires text;
create index restore_points_by_expiry on restore_points (expires, point_time, created, id);
create index restore_points_by_site_and_expiry on restore_points (site, expires, point_time, created, id);
create index restore_points_by_policy_and_expiry on restore_points (policy, expires, point_time, created, id);

-- The subject of its first VM: whoever may see a run sees that one.
alter table runs add column subject text;
update runs set subject = (select subject from run_vms where run = runs.id and position = 0);
create index runs_by_subject on runs (subject, created, sequence);
