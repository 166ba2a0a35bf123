// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('amamba_helm_repositories', table => {
    table.string('workspace_ref', 300).notNullable();
    table.string('name', 63).notNullable();
    table.string('type', 20).notNullable();
    table.text('url').notNullable();
    table.string('username', 200).nullable();
    table.text('password').nullable().comment('encrypted');
    table
      .text('charts')
      .notNullable()
      .comment('JSON array, of registries that cannot be listed');
    table.bigInteger('created_at').notNullable().comment('epoch milliseconds');
    table.string('created_by', 300).notNullable();
    table.integer('version').notNullable();
    table.primary(['workspace_ref', 'name']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('amamba_helm_repositories');
};
