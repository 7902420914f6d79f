internal import Reports
internal import Text

/// The configuration that `plazo init` writes: every setting has its line, with what it means.
enum Template {
  static func text(name: String, zone: String, language: String) -> String {
    """
    // plazo's settings for this desk. JSON5: comments and trailing commas are allowed.
    // A word that plazo does not know is refused with its place, so nothing is ever ignored in silence.
    {
      // What the desk is called on reports and mails.
      name: "\(name)",

      // The language of reports, mails and lists: "es" or "en". A user may have another.
      language: "\(language)",

      // The desk's time zone, an IANA name. Reports, cron times and printed instants are in it.
      timeZone: "\(zone)",

      // When people work. "always" (around the clock, every day) is built in. A file calendars/office.json5 beside this
      // one adds its hours and days to "office"; 'plazo calendar import' writes such files from others' .ics.
      calendars: {
        office: {
          // timeZone: "Europe/Madrid",           // when it differs from the desk's
          // include: ["mexico"],                  // the holidays of calendars/mexico.json5; ready ones: samples/holidays
          // Any number of intervals a day; 24:00 ends a day, and work past midnight is written 22:00-30:00.
          weekly: {
            mon: ["09:00-14:00", "16:00-19:00"],
            tue: ["09:00-14:00", "16:00-19:00"],
            wed: ["09:00-14:00", "16:00-19:00"],
            thu: ["09:00-14:00", "16:00-19:00"],
            fri: ["09:00-14:00", "16:00-19:00"],
            sat: [],
            sun: [],
          },
          // Days off. A half day has hours of its own. Forms, one of each:
          //   "2026-12-25"
          //   { date: "2026-12-24", name: "Nochebuena", hours: ["09:00-13:00"] }
          //   { from: "2026-12-28", to: "2027-01-02", name: "Cierre" }
          //   { yearly: "12-25", name: "Navidad" }      with to: "01-02" a span of every year
          //   { nth: 3, weekday: "mon", month: 11, name: "Revolución" }      nth: -1 is the last
          //   { easter: -2, name: "Viernes Santo" }     days from Easter Sunday
          holidays: [
            { yearly: "01-01", name: "Año Nuevo" },
            { yearly: "05-01", name: "Día del Trabajo" },
            { yearly: "12-25", name: "Navidad" },
          ],
          // Dates with hours of their own, which win over a holiday on the same date.
          overrides: {
            // "2026-01-06": ["10:00-14:00"],
          },
        },
      },

      // What is promised to whom. The first policy that fits a ticket rules it; change them with 'plazo plan' and
      // 'plazo apply', so that nothing moves by accident.
      policies: [
        {
          name: "default",
          // For whom: each a name or a list of names. Nothing here: everybody, so let the last policy be such a one.
          when: {
            // client: "Acme",
            // product: ["Nómina", "Ventas"],
            // provider: "Dell",
            // priority: "alta",
          },
          calendar: "office",
          clocks: {
            resolution: {
              // For tickets that bring none: 3d working days, 6h or 90m working time. Left out: no plazo.
              plazo: "3d",
              // Yellow from this share of the plazo used (percent), or with this much working time left; both: the earlier.
              // A margin as long as a ticket's plazo or longer is left out of account: it would be yellow from the start.
              nearDue: { share: 80 },            // margin: "2h"
              // The clock stands still while one of these must act: "client", "provider", "support".
              // The manual that this desk follows pauses for nobody.
              pauseWhileWaitingOn: [],
              // And while it is put aside until a date; false: not even then.
              pauseWhileAside: true,
            },
            // Two more clocks run where they are named, with the same settings; these two pause only if told so.
            // "first-response": { plazo: "4h" },     // from the opening to support's first response
            // "next-response": { plazo: "8h" },      // from a client's reply to support's next response
          },
          // What counts as a response: "reply" (a text by support), "waiting" (the word that client or provider must act),
          // "plazo" (a plazo set by hand), "assigned" (given to a technician).
          responses: ["reply"],
          // What a reopened ticket's clock does: "continue", "count-closed" or "restart".
          reopening: "continue",
        },
      ],

      // What is promised of tasks, by one rule for all.
      tasks: {
        calendar: "office",                      // left out: that of the last policy
        clocks: {
          // A task's own plazo or due date goes first.
          completion: { nearDue: { share: 80 } },        // plazo: "3d"
          // From the closing of a task to the administrator's VoBo; runs where it is named.
          // vobo: { plazo: "2d" },
        },
        // What a refused VoBo does to the completion clock: as for tickets.
        reopening: "continue",
      },

    \(AlertsTemplate.text)
      reports: {
        // How CSV is written: "excel-en" (comma, decimal point: the United States, Mexico, Central America), "excel-es"
        // (semicolon, decimal comma: Spain, most of South America), or "rfc4180" for programs.
        csv: "\(CSVProfile.usual(Language(rawValue: language) ?? .en, zone: zone).rawValue)",
        // How long the reports that jobs wrote to out/ are kept, and how many of each job at most; left out: all.
        keep: { days: 400 },                   // count: 500
      },

      // Verified copies of the desk, by 'plazo backup' and by jobs. A folder on another disk outlives this one.
      backup: {
        folder: "backups",                     // from the desk's folder on, or absolute
        // The latest of each of the last so many days, weeks and months that have one.
        keep: { daily: 7, weekly: 4, monthly: 12 },
      },

      // How many days what plazo itself writes is kept.
      retention: {
        // messages: 365,                      // the text of mails that were sent; left out: for ever
        jobs: 400,                             // the ledger of jobs
        alerts: 400,                           // alerts of closed tickets and tasks, and messages that were sent, unless
                                               //   a report in out/ tells of them; at least as long as jobs
      },

      // What runs by itself, by 'plazo tick' from cron or 'plazo run' as a service. 'plazo jobs' tells what ran, what was
      // missed, and with --next 20 when what comes. Jobs due together run in this order.
      // at: five fields as in cron (minute hour day-of-month month weekday; L is a month's last day), "@daily" and the
      //   like, or "every 15m"; in the desk's time zone, or a timeZone: of the job's own.
      // do: "report" (the default: a report: with formats: "csv", "html", "text", "json", and for those that have one a
      //   period: such as "last-month"), "backup" (a folder: other than that above), "retention", "doctor" (fails when it
      //   finds something), "metrics" for Prometheus (a file:), "heartbeat" (a file: written after a good pass; else each
      //   pass writes the desk's file heartbeat), and "sweep", "alerts", "outbox", which else each pass does.
      // catchUp: what becomes of times at which nothing ran: "once" (the default), "all" (ten in a pass) or "skip".
      // recipients: to whom a report is mailed, the CSV attached: "administrators", "user:LOGIN", an address, or several.
      // skipWhenEmpty: true writes and mails nothing when a report has nothing to tell.
      // timeLimit: after which a run is stopped, "30m" unless told. retry: how many times more a run that failed is tried,
      //   0 unless told, each retryAfter: "5m".
      jobs: [
        {
          name: "daily-sla", at: "0 8 * * mon-fri", report: "daily-sla", formats: ["html", "csv", "text"],
          recipients: "administrators", catchUp: "once",
        },
        { name: "monthly-hours", at: "30 7 1 * *", report: "technician-hours", formats: ["html", "csv"], period: "last-month" },
        { name: "backup", at: "0 2 * * *", do: "backup", retry: 2, retryAfter: "10m", timeLimit: "1h" },
        { name: "retention", at: "30 2 * * sun", do: "retention" },
        { name: "doctor", at: "0 3 * * sun", do: "doctor" },
        // { name: "metrics", at: "every 1m", do: "metrics", file: "/var/lib/prometheus/node-exporter/plazo.prom", catchUp: "skip" },
        // { name: "madrid", at: "0 8 * * mon-fri", timeZone: "Europe/Madrid", report: "daily-sla" },
      ],
    }

    """
  }
}
