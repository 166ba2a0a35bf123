// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('amamba_audit', table => {
    table.bigIncrements('sequence').comment('order of the list');
    table.uuid('id').notNullable().unique();
    table.bigInteger('at').notNullable().comment('epoch milliseconds');
    table.string('actor', 300).notNullable();
    table.string('workspace', 200).nullable();
    table.string('action', 100).notNullable();
    table.string('object_kind', 50).notNullable();
    table.string('object_name', 300).notNullable();
    table.string('result', 20).notNullable();
    table.text('reason').nullable();
    table.text('details').notNullable().comment('JSON object without secrets');
    table.index(['workspace', 'sequence'], 'amamba_audit_workspace_idx');
    table.index(
      ['workspace', 'object_kind', 'object_name', 'sequence'],
      'amamba_audit_object_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('amamba_audit');
};
