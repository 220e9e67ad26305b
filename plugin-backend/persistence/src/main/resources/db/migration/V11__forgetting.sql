-- What keeps an old run from being forgotten is looked up by the run.

create index restore_points_by_run on restore_points (run);
create index vm_states_by_run on vm_states (run);
