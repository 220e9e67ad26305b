import type { components } from './schema';

type Schemas = components['schemas'];

export type AuditEntry = Schemas['AuditEntry'];
export type GroupReport = Schemas['GroupReport'];
export type NewPolicy = Schemas['NewPolicy'];
export type Overview = Schemas['Overview'];
export type Point = Schemas['Point'];
export type PointLine = Schemas['PointLine'];
export type Policy = Schemas['Policy'];
export type Protection = Schemas['Protection'];
export type RecoveryPlan = Schemas['RecoveryPlan'];
export type RecoveryRequest = Schemas['RecoveryRequest'];
export type Reason = Schemas['Reason'];
export type Repository = Schemas['Repository'];
export type RestorePlan = Schemas['RestorePlan'];
export type RestoreRequest = Schemas['RestoreRequest'];
export type Retention = Schemas['Retention'];
export type RetentionPlan = Schemas['RetentionPlan'];
export type Run = Schemas['Run'];
export type RunLine = Schemas['RunLine'];
export type Schedule = Schemas['Schedule'];
export type Start = Schemas['Start'];
export type Starts = Schemas['Starts'];
export type VmGroup = Schemas['VmGroup'];
export type VmTask = Schemas['RunVmTask'];
export type Week = Schemas['Week'];
export type WeekHour = Schemas['WeekHour'];
