"""``/metrics`` as Prometheus reads it."""

import re

from tests.ui.api.house import LIGHTHOUSE, House, create, script_of, settled, told

LINE = re.compile(r'(framewright_\w+)(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?[0-9.e+]+')
NAMES = {
    "framewright_jobs",
    "framewright_queue_age_seconds",
    "framewright_workers",
    "framewright_submissions",
    "framewright_events_total",
    "framewright_making_seconds_bucket",
    "framewright_making_seconds_sum",
    "framewright_making_seconds_count",
    "framewright_viewers",
    "framewright_build_info",
    "framewright_jobs_blocked",
}


async def test_every_figure_is_a_line_that_prometheus_reads_and_names_nobodys_work(
    making: House,
) -> None:
    async with making.client() as client:
        await create(client, script_of("ok", "quota"))
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        await settled(client)
        answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = [one for one in answer.text.splitlines() if not one.startswith("#")]
    assert all(LINE.fullmatch(one) for one in lines)
    assert {one.partition("{")[0].partition(" ")[0] for one in lines} == NAMES
    typed = {one.split()[2] for one in answer.text.splitlines() if one.startswith("# TYPE")}
    assert {re.sub("_(bucket|sum|count)$", "", one) for one in NAMES} == typed
    assert 'framewright_jobs{state="succeeded"} 1' in lines
    assert 'framewright_jobs_blocked{reason="quota_exhausted"} 1' in lines
    assert 'framewright_submissions{provider="fake",outcome="done"} 1' in lines
    done = '{provider="fake",media_type="image"}'
    assert f"framewright_making_seconds_count{done} 1" in lines
    assert not re.search("lighthouse|p0", answer.text)
