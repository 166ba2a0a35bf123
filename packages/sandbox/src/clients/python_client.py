"""Drives the stand-in with python-jenkins, unchanged. Arguments: URL, user, password or token, config.xml of a job.

Exits with 0 when all is well. Left out is what is broken in version 1.4.0 itself: reconfig_credential sends no body,
delete_build does not make a request, set_next_build_number does not say that it posts a form.
"""
import sys
import time

import jenkins

url, user, secret, job_xml_file = sys.argv[1:5]
with open(job_xml_file, encoding="utf-8") as file:
    job_xml = file.read()

server = jenkins.Jenkins(url, username=user, password=secret)
assert server.get_whoami()["id"] == user
# Only now: this call brings no credentials of its own before another one did.
assert server.get_version() == "2.502", server.get_version()
assert "workflow-job" in [p["shortName"] for p in server.get_plugins_info()]

server.create_job("team-py", jenkins.EMPTY_FOLDER_XML)
assert server.job_exists("team-py")
server.create_job("team-py/shop", job_xml)
try:
    server.create_job("team-py/shop", job_xml)
    raise AssertionError("a second job with the same name")
except jenkins.JenkinsException as error:
    assert "already exists" in str(error), error
assert server.get_job_config("team-py/shop").count("flow-definition") >= 2
server.reconfig_job("team-py/shop", job_xml.replace("a test", "another"))
assert server.get_job_info("team-py/shop")["description"] == "another"
assert server.get_job_name("team-py/shop") == "shop"
assert [j["fullname"] for j in server.get_all_jobs()] == ["team-py", "team-py/shop"]

server.disable_job("team-py/shop")
assert not server.get_job_info("team-py/shop")["buildable"]
server.enable_job("team-py/shop")

item = server.build_job("team-py/shop", {"WHAT": "from python"})
for _ in range(100):
    queued = server.get_queue_item(item)
    if queued.get("executable"):
        break
    time.sleep(0.1)
number = queued["executable"]["number"]
for _ in range(100):
    info = server.get_build_info("team-py/shop", number)
    if not info["building"]:
        break
    time.sleep(0.1)
assert info["result"] == "SUCCESS", info
assert "from python" in server.get_build_console_output("team-py/shop", number)
assert server.get_build_test_report("team-py/shop", number) is None
assert server.get_queue_info() == []
assert [n["name"] for n in server.get_nodes()] == ["Built-In Node"]

server.stop_build("team-py/shop", number)
server.copy_job("team-py/shop", "team-py/copy")
server.rename_job("team-py/copy", "team-py/renamed")
assert server.job_exists("team-py/renamed")

credential = """<org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl>
<scope>GLOBAL</scope><id>tok</id><description/><secret>x</secret>
</org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl>"""
server.create_credential("team-py", credential)
assert server.credential_exists("tok", "team-py")
assert [c["id"] for c in server.list_credentials("team-py")] == ["tok"]
server.delete_credential("tok", "team-py")
assert not server.credential_exists("tok", "team-py")

server.delete_job("team-py/renamed")
server.delete_job("team-py")
assert server.get_all_jobs() == []
try:
    server.get_job_info("team-py")
    raise AssertionError("the folder is still there")
except jenkins.JenkinsException as error:
    assert "does not exist" in str(error), error
print("done")
