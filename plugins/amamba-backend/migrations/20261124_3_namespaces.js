// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('amamba_cluster_bindings', table => {
    table.string('workspace_ref', 300).notNullable();
    table.string('cluster', 100).notNullable();
    table.string('mode', 20).notNullable();
    table.text('quota').notNullable().comment('JSON object of quantities');
    table.bigInteger('bound_at').notNullable().comment('epoch milliseconds');
    table.string('bound_by', 300).notNullable();
    table.integer('version').notNullable();
    table.primary(['workspace_ref', 'cluster']);
    table.index(['cluster'], 'amamba_cluster_bindings_cluster_idx');
  });
  await knex.schema.createTable('amamba_namespaces', table => {
    table.string('cluster', 100).notNullable();
    table.string('name', 63).notNullable();
    table.string('workspace_ref', 300).notNullable();
    table.string('state', 20).notNullable();
    table
      .string('uid', 100)
      .nullable()
      .comment('of the namespace in the cluster; null while it is being made');
    table.string('environment', 63).nullable();
    table.text('settings').notNullable().comment('JSON: labels, quota, limits');
    table.bigInteger('created_at').notNullable().comment('epoch milliseconds');
    table.string('created_by', 300).notNullable();
    table.bigInteger('changed_at').notNullable().comment('epoch milliseconds');
    table.integer('version').notNullable();
    // The key is the rule: a namespace has one owner.
    table.primary(['cluster', 'name']);
    table.index(
      ['workspace_ref', 'cluster', 'name'],
      'amamba_namespaces_workspace_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('amamba_namespaces');
  await knex.schema.dropTable('amamba_cluster_bindings');
};
