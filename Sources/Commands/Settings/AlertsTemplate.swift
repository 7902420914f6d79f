/// The part `alerts` of the configuration that `plazo init` writes.
enum AlertsTemplate {
  static let text = """
      // Who is told what, and when. With nothing below, who must act hears that something is near due or late, in one
      // digest, in working hours; again at the opening of each working day until it is acknowledged ('plazo alert ack')
      // or mended; after one working day the responsible hears of it, after three the administrators.
      alerts: {
        // The sender of every mail.
        from: "plazo@localhost",
        // How mails tell their readers to call the program, such as "plazo --desk /srv/soporte".
        command: "plazo",
        // The channel of routes that name none, and of reports. "maildir" is built in: a mailbox for each user under mail/.
        // To send mails write "mail" here, and take the comment from the first of the roads below.
        channel: "maildir",
        // Other roads, each with a name of your own and a timeLimit in seconds:
        channels: {
          // mail: { sendmail: ["/usr/sbin/sendmail", "-t", "-i"] },        // or ["msmtp", "-t"]
          // chat: { webhook: { env: "CHAT_URL" }, body: "slack" },         // or { file: "secrets/chat" }; HTTPS
          // ops: {
          //   webhook: "https://ops.example.com/hook", timeLimit: 10,
          //   headers: { Authorization: { file: "secrets/ops" } },         // secrets stay out of this file
          //   body: { title: "{subject}", details: "{text}", late: "{late}" },
          // },
          // sms: { command: ["/usr/local/bin/sms"] },                      // text on its input, PLAZO_… around it
        },
        // By whose hours repeats and escalation are counted, and of a person without a calendar of their own. Left out:
        // that of the last policy.
        // calendar: "office",
        // At least so much time between two digests to a person, and at most so many in an hour.
        window: "15m",
        cap: 3,
        // How long 'plazo alert ack' holds: until the opening of the second working day.
        acknowledgement: "2d",
        // What plazo learns so much later than it happened, as after an outage, is told as caught up.
        lateNewsAfter: "2h",
        // Kinds that are never told: "near-due", "late", "still-late", "escalation", "assigned", "answered",
        // "task-assigned", "task-late", "vobo-wanted", "vobo-late", "recovered".
        off: [],
        // The first route that fits an alert decides; after the last come the built-in ones, as told above.
        //   kinds: as above; none named: any.   when: client, product, provider, priority, lateBy: "8h" (working time).
        //   to: "assigned" (who must act; else the responsible, else the administrators), "responsible",
        //       "administrators", "contact" (the client's), "signer" (whose VoBo is wanted), "user:LOGIN", an address,
        //       "#ROOM" of a chat; [] is nobody. Whoever is away is stood in for ('plazo user edit').
        //   channel.   wait: working time before the first word.   repeat: "1d", the opening of each working day, or
        //   working time such as "4h"; null never.   hours: "recipient" (their working hours), "always", or a calendar.
        routes: [
          // { kinds: ["near-due"], wait: "30m", to: ["assigned"] },
          // { when: { client: "Acme", priority: "alta" }, to: ["assigned", "user:rocio"], hours: "always", repeat: "2h" },
          // { kinds: ["late"], to: ["#soporte"], channel: "chat" },
        ],
        // Whom lateness reaches when nobody acts, the lowest level first. after: working time late, or working days; or
        // share: percent of the plazo used, below 100 while it is still near due. when, channel and hours as in routes.
        escalation: [
          { after: "1d", to: ["responsible"] },
          { after: "3d", to: ["administrators"] },
        ],
      },

    """
}
