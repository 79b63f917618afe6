-- What was newly entered in these indexes is gone through entry by entry until it is sorted in, and they are asked several
-- times for each record that comes: sorted in at once.
alter index delivery_change_waiting set (fastupdate = off);
alter index delivery_deployment_records set (fastupdate = off);
alter index delivery_deployment_failed set (fastupdate = off);
select gin_clean_pending_list('delivery_change_waiting'), gin_clean_pending_list('delivery_deployment_records'), gin_clean_pending_list('delivery_deployment_failed');
