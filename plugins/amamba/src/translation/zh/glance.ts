import type { glance as english } from '../en/glance';
import { flatten, type MessageKey, type Translated } from '../messages';

const glance: Translated<typeof english> = {
  status: {
    queued: '排队中',
    running: '运行中',
    progressing: '进行中',
    waiting: '等待中',
    waitingForYou: '待我处理',
    waitingForOthers: '待他人处理',
    paused: '已暂停',
    succeeded: '成功',
    healthy: '健康',
    synced: '已同步',
    unstable: '不稳定',
    outOfSync: '未同步',
    missing: '缺失',
    failed: '失败',
    degraded: '异常',
    cancelled: '已取消',
    aborted: '已中止',
    skipped: '已跳过',
    notRun: '未运行',
    notStarted: '未开始',
    unknown: '未知',
  },
  time: {
    now: '刚刚',
    minutesAgo: '{{n}} 分钟前',
    hoursAgo: '{{n}} 小时前',
    instant: '<1 秒',
    spokenInstant: '不到 1 秒',
    seconds: '{{s}} 秒',
    minutes: '{{m}} 分 {{s}} 秒',
    hours: '{{h}} 小时 {{m}} 分',
    days: '{{d}} 天 {{h}} 小时',
    spokenSeconds: '{{n}} 秒',
    spokenMinutes: '{{n}} 分钟',
    spokenHours: '{{h}} 小时 {{m}} 分钟',
    spokenDays: '{{d}} 天 {{h}} 小时',
  },
  card: {
    title: '交付',
    all_other: '全部 {{count}} 条流水线',
    allApplications_other: '全部 {{count}} 个应用',
    neverRun: '从未运行',
  },
};

/** Words of what stands on pages of others too, Chinese, by the full key. */
export default flatten(glance) as Record<MessageKey<typeof english>, string>;
