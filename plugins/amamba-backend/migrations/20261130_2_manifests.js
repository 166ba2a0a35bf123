// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('amamba_manifest_texts', table => {
    table.string('cluster', 100).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('kind', 100).notNullable().comment('Deployment.apps');
    table.string('name', 253).notNullable();
    table.string('uid', 100).notNullable().comment('of the object');
    table.text('text').notNullable().comment('YAML as its author wrote it');
    table.bigInteger('changed_at').notNullable().comment('epoch milliseconds');
    table.primary(['cluster', 'namespace', 'kind', 'name']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('amamba_manifest_texts');
};
