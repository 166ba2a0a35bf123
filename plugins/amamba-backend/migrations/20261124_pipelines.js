// @ts-check

/** @param {import('knex').Knex.CreateTableBuilder} table */
function lease(table) {
  table
    .string('lease_owner', 64)
    .nullable()
    .comment('backend that works on the row');
  table
    .bigInteger('lease_until')
    .nullable()
    .comment('epoch milliseconds; later it is free again');
}

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('amamba_pipelines', table => {
    table.string('id', 36).primary();
    table.string('workspace_ref', 300).notNullable();
    table
      .string('workspace', 200)
      .notNullable()
      .comment('name of the workspace in addresses and in the engine');
    table.string('name', 63).notNullable();
    table
      .string('name_key', 63)
      .notNullable()
      .comment('name in lower case: engines do not tell cases apart');
    table.text('description').notNullable();
    table.string('entity_ref', 300).nullable();
    table.string('environment', 63).nullable();
    table.string('engine', 63).notNullable();
    table.string('source_type', 20).notNullable();
    table.text('source').notNullable().comment('JSON');
    table.text('settings').notNullable().comment('JSON');
    table
      .text('asked_parameters')
      .notNullable()
      .comment('JSON: those of the script and of the settings');
    table
      .text('declared_parameters')
      .nullable()
      .comment('JSON: what the engine asks for when the Jenkinsfile says so');
    table
      .boolean('has_parameters')
      .notNullable()
      .comment('of either kind, so that a list reads neither');
    table.integer('version').notNullable();
    table
      .integer('epoch')
      .notNullable()
      .defaultTo(1)
      .comment('grows when run numbers begin again at 1');

    table.string('sync_state', 20).notNullable();
    table.text('sync_problem').nullable();
    table.bigInteger('synced_at').nullable();
    table
      .bigInteger('next_sync_at')
      .nullable()
      .comment('null: nothing to write to the engine');
    table.integer('sync_attempts').notNullable().defaultTo(0);
    table.string('fingerprint', 200).nullable();
    table.bigInteger('deleting_at').nullable().comment('deletion was decided');
    table
      .bigInteger('checked_at')
      .notNullable()
      .defaultTo(0)
      .comment('runs were last compared with the engine');
    lease(table);

    table.bigInteger('created_at').notNullable();
    table.string('created_by', 300).notNullable();
    table.bigInteger('updated_at').notNullable();
    table.string('updated_by', 300).notNullable();

    table.text('last_run').nullable().comment('JSON of the newest run');
    table.bigInteger('last_run_at').notNullable().defaultTo(0);
    table.string('last_state', 20).nullable();
    table.integer('last_state_rank').notNullable();
    table.string('finished_run_id', 36).nullable();
    table.string('finished_state', 20).nullable();
    table.bigInteger('finished_at').nullable();
    table.text('recent').notNullable().comment('JSON list of states');
    table.integer('runs_total').notNullable().defaultTo(0);
    table.integer('runs_succeeded').notNullable().defaultTo(0);
    table.bigInteger('typical_ms').nullable();

    table.unique(['workspace_ref', 'name_key'], {
      indexName: 'amamba_pipelines_name_idx',
    });
    table.index(
      ['workspace_ref', 'last_run_at', 'id'],
      'amamba_pipelines_last_run_idx',
    );
    table.index(
      ['workspace_ref', 'created_at', 'id'],
      'amamba_pipelines_created_idx',
    );
    table.index(
      ['workspace_ref', 'last_state_rank', 'id'],
      'amamba_pipelines_state_idx',
    );
    table.index(['next_sync_at'], 'amamba_pipelines_sync_idx');
    table.index(['engine', 'checked_at'], 'amamba_pipelines_checked_idx');
  });

  await knex.schema.createTable('amamba_runs', table => {
    table.string('id', 36).primary();
    table
      .string('pipeline_id', 36)
      .notNullable()
      .references('id')
      .inTable('amamba_pipelines')
      .onDelete('CASCADE');
    table
      .bigInteger('sort_key')
      .notNullable()
      .comment('order of the list: by number, what waits above');
    table.integer('epoch').notNullable();
    table.integer('number').nullable();
    table.string('queue_id', 100).nullable();
    table
      .string('delivery', 20)
      .notNullable()
      .comment('sending | accepted | lost | done');
    table
      .integer('base_number')
      .notNullable()
      .comment('highest known number when it was asked for');
    table.string('state', 20).notNullable();
    table.string('cause_type', 20).notNullable();
    table.string('cause_by', 300).nullable();
    table.text('cause_text').nullable();
    table.string('branch', 300).nullable();
    table.string('commit', 100).nullable();
    table.text('commit_message').nullable();
    table.bigInteger('queued_at').notNullable();
    table.bigInteger('started_at').nullable();
    table.bigInteger('ended_at').nullable();
    table.bigInteger('duration_ms').nullable();
    table.text('parameters').notNullable().comment('JSON without passwords');
    table.text('stage').nullable();
    table.text('error').nullable();
    table.text('queue_reason').nullable();
    table.text('tests').nullable().comment('JSON');
    table.integer('artifacts').nullable();
    table.text('approvals').nullable().comment('JSON: what it waits for');
    table.bigInteger('seen_at').nullable();

    table
      .bigInteger('next_poll_at')
      .nullable()
      .comment('null: it changes no more');
    table.integer('poll_step').notNullable().defaultTo(0);
    table.bigInteger('watched_until').notNullable().defaultTo(0);
    lease(table);

    table.unique(['pipeline_id', 'epoch', 'number'], {
      indexName: 'amamba_runs_number_idx',
    });
    table.index(['pipeline_id', 'sort_key', 'id'], 'amamba_runs_sort_idx');
    table.index(
      ['pipeline_id', 'state', 'sort_key', 'id'],
      'amamba_runs_state_idx',
    );
    table.index(
      ['pipeline_id', 'branch', 'sort_key', 'id'],
      'amamba_runs_branch_idx',
    );
    table.index(
      ['pipeline_id', 'cause_by', 'sort_key', 'id'],
      'amamba_runs_by_idx',
    );
    table.index(['pipeline_id', 'queue_id'], 'amamba_runs_queue_idx');
    table.index(['next_poll_at'], 'amamba_runs_poll_idx');
  });

  await knex.schema.createTable('amamba_run_counts', table => {
    table
      .string('pipeline_id', 36)
      .notNullable()
      .references('id')
      .inTable('amamba_pipelines')
      .onDelete('CASCADE');
    table.string('state', 20).notNullable();
    table.integer('count').notNullable();
    table.primary(['pipeline_id', 'state']);
  });

  await knex.schema.createTable('amamba_run_keys', table => {
    table
      .string('pipeline_id', 36)
      .notNullable()
      .references('id')
      .inTable('amamba_pipelines')
      .onDelete('CASCADE');
    table.string('key', 100).notNullable();
    table
      .string('run_id', 36)
      .notNullable()
      .references('id')
      .inTable('amamba_runs')
      .onDelete('CASCADE');
    table.primary(['pipeline_id', 'key']);
    table.index(['run_id'], 'amamba_run_keys_run_idx');
  });

  await knex.schema.createTable('amamba_decisions', table => {
    table
      .string('run_id', 36)
      .notNullable()
      .references('id')
      .inTable('amamba_runs')
      .onDelete('CASCADE');
    table.string('approval_id', 200).notNullable();
    table.string('decision', 20).notNullable();
    table.string('actor', 300).notNullable();
    table.bigInteger('at').notNullable();
    table
      .boolean('confirmed')
      .notNullable()
      .comment('the engine has taken the decision');
    table.primary(['run_id', 'approval_id']);
  });

  await knex.schema.createTable('amamba_events', table => {
    table.bigIncrements('sequence').comment('order of arrival');
    table.string('engine', 63).notNullable();
    table.string('event_id', 200).notNullable();
    table.string('type', 30).notNullable();
    table.string('workspace', 200).notNullable();
    table.string('pipeline', 200).notNullable();
    table.integer('run').nullable();
    table.string('queue_id', 100).nullable();
    table.bigInteger('received_at').notNullable();
    table
      .bigInteger('next_at')
      .nullable()
      .comment('null: worked off, kept to know duplicates');
    table.integer('attempts').notNullable().defaultTo(0);
    lease(table);
    table.unique(['engine', 'event_id'], {
      indexName: 'amamba_events_id_idx',
    });
    table.index(['next_at'], 'amamba_events_next_idx');
    table.index(['received_at'], 'amamba_events_received_idx');
  });

  await knex.schema.createTable('amamba_engines', table => {
    table.string('id', 63).primary();
    table.boolean('reachable').notNullable();
    table.string('version', 100).nullable();
    table.text('problem').nullable();
    table.bigInteger('seen_at').nullable().comment('it last answered');
    table
      .bigInteger('failing_since')
      .nullable()
      .comment('null while it answers');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'amamba_engines',
    'amamba_events',
    'amamba_decisions',
    'amamba_run_keys',
    'amamba_run_counts',
    'amamba_runs',
    'amamba_pipelines',
  ]) {
    await knex.schema.dropTable(table);
  }
};
