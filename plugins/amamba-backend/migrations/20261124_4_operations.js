// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('amamba_operations', table => {
    table.uuid('id').primary();
    table.string('workspace_ref', 300).notNullable();
    table.string('kind', 100).notNullable();
    table.string('object', 400).notNullable();
    table
      .string('lock', 600)
      .nullable()
      .unique()
      .comment('what it holds while it runs; null when it has ended');
    table.string('state', 20).notNullable();
    table.text('steps').notNullable().comment('JSON array');
    table.text('problem').nullable();
    table.text('remedy').nullable();
    table.bigInteger('started_at').notNullable().comment('epoch milliseconds');
    table.string('started_by', 300).notNullable();
    table.bigInteger('beat_at').notNullable().comment('a sign of life');
    table.bigInteger('ended_at').nullable();
    table.index(['state', 'beat_at'], 'amamba_operations_state_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('amamba_operations');
};
