import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { Loading } from '../shared/states';

/** Each page is loaded when it is first shown. */
const Overview = lazy(() => import('../features/overview/OverviewPage'));
const Backups = lazy(() => import('../features/backups/BackupsPage'));
const Backup = lazy(() => import('../features/backups/BackupPage'));
const Runs = lazy(() => import('../features/runs/RunsPage'));
const Run = lazy(() => import('../features/runs/RunPage'));
const Restore = lazy(() => import('../features/restore/RestorePage'));
const Policies = lazy(() => import('../features/policies/PoliciesPage'));
const Policy = lazy(() => import('../features/policies/PolicyPage'));
const PolicyForm = lazy(() => import('../features/policies/PolicyFormPage'));
const Planner = lazy(() => import('../features/planner/PlannerPage'));
const Groups = lazy(() => import('../features/groups/GroupsPage'));
const Vm = lazy(() => import('../features/vm/VmPage'));
const Settings = lazy(() => import('../features/settings/SettingsPage'));

export function Pages() {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/overview" element={<Overview />} />
        <Route path="/backups" element={<Backups />} />
        <Route path="/backups/:point" element={<Backup />} />
        <Route path="/runs" element={<Runs />} />
        <Route path="/runs/:run" element={<Run />} />
        <Route path="/restore" element={<Restore />} />
        <Route path="/policies" element={<Policies />} />
        <Route path="/policies/new" element={<PolicyForm />} />
        <Route path="/policies/:policy" element={<Policy />} />
        <Route path="/policies/:policy/edit" element={<PolicyForm />} />
        <Route path="/planner" element={<Planner />} />
        <Route path="/groups" element={<Groups />} />
        <Route path="/vm" element={<Vm />} />
        <Route path="/vm/:vm" element={<Vm />} />
        <Route path="/settings" element={<Settings />} />
        <Route path="*" element={<Navigate to="/overview" replace />} />
      </Routes>
    </Suspense>
  );
}
