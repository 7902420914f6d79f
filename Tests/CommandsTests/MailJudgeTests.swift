import FoundationEssentials
import Glibc
import Testing

/// Mails of any make, read by plazo and by Python's own reader of mails, which shares no code with it.
@Suite("Mails beside Python's reader") struct MailJudgeTests {
  @Test("give the same subject, text and files", arguments: 1...3)
  func sameAsPython(seed: Int) throws {
    guard let python = Self.pythons.first(where: { access($0, X_OK) == 0 }) else {
      print("skipped: python3 is not installed")
      return
    }
    let desk = TestDesk()
    desk.done("--as", "ada", "user", "edit", "carla", "--mail", "carla@example.com")
    desk.write(Self.writer, to: "escribe.py")
    let written = desk.program.run(["escribe.py", "\(seed)", "correos"], as: python)
    #expect(written.code == 0, "\(written.talk)")
    for name in desk.names(in: "correos") where name.hasSuffix(".eml") {
      let number = desk.done("ticket", "open", "--from-mail", "correos/\(name)")
      let json = "correos/\(name.dropLast(4)).json"
      // Python writes down what it read with plazo's own keys, so that the whole can be compared as text.
      desk.write(desk.done("ticket", "show", number, "--format", "json"), to: "leido.json")
      let compared = desk.program.run(["escribe.py", "compare", "leido.json", json], as: python)
      #expect(compared.code == 0, "\(name): \(compared.talk)")
    }
  }

  private static let pythons = ["/usr/bin/python3", "/usr/local/bin/python3"]

  private static let writer = #"""
    import sys, os, json, random, hashlib, email
    from email import policy
    from email.message import EmailMessage, MIMEPart
    from email.header import Header, decode_header, make_header
    from email.mime.text import MIMEText
    from email.mime.multipart import MIMEMultipart
    from email.mime.base import MIMEBase
    from email import encoders, charset as cs

    def collapse(text): return " ".join(text.split())

    if sys.argv[1] == "compare":
        got, want = json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))
        have = {"title": got["title"], "text": got["description"],
                "files": [[f["name"], f["size"], f["sha256"]] for f in got["files"]]}
        if have != want:
            for key in want:
                if have[key] != want[key]: print(key, repr(have[key])[:300], "is not", repr(want[key])[:300], file=sys.stderr)
            sys.exit(1)
        sys.exit(0)

    seed, folder = int(sys.argv[1]), sys.argv[2]
    random.seed(seed)
    os.makedirs(folder)
    words = ["No", "imprime", "factura", "ñandú", "Árbol", "¿qué?", "día", "año", "€", "“así”", "x=1", "=", "a_b", "=?raro", ">", "-", "1.", "Ü"]
    latin = [w for w in words if w not in ("€", "“así”")]

    def line(pool, n): return " ".join(random.choice(pool) for _ in range(random.randint(1, n)))
    def body(pool): return "\n".join(line(pool, 30) if random.random() > .2 else "" for _ in range(random.randint(1, 12)))
    def fits(text, name):
        try: text.encode(name); return True
        except UnicodeEncodeError: return False

    for index in range(12):
        name = random.choice(["utf-8", "iso-8859-1", "windows-1252"])
        pool = latin if name == "iso-8859-1" else words
        subject, text = line(pool, 12), body(pool)
        files = []
        for _ in range(random.choice([0, 0, 1, 2, 3])):
            files.append((line(words, 3).replace("/", "").strip() + random.choice([".txt", ".png", ""]),
                          bytes(random.randrange(256) for _ in range(random.choice([0, 1, 2, 3, 57, 300, 5000])))))
        style = random.choice(["modern", "legacy"])
        html = random.random() < .4
        if style == "modern":
            m = EmailMessage(policy=policy.SMTP if random.random() < .5 else policy.default)
            m["From"] = "Carla Díaz <carla@example.com>"
            m["Subject"] = subject
            m.set_content(text, charset=name, cte=random.choice(["quoted-printable", "base64", "8bit"]))
            if html: m.add_alternative("<p>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</p>", subtype="html")
            for (n, c) in files: m.add_attachment(c, maintype="application", subtype="octet-stream", filename=n)
        else:
            how = cs.Charset(name)
            how.body_encoding = random.choice([cs.QP, cs.BASE64])
            t = MIMEText("", "plain"); t.set_payload(text, how); del t["Content-Type"]; t["Content-Type"] = f'text/plain; charset="{name}"'
            m = t
            if html:
                m = MIMEMultipart("alternative"); m.attach(t)
                m.attach(MIMEText("<p>html</p>", "html", "utf-8"))
            if files:
                outer = MIMEMultipart("mixed"); outer.attach(m); m = outer
                for (n, c) in files:
                    p = MIMEBase("application", "octet-stream"); p.set_payload(c); encoders.encode_base64(p)
                    # RFC 2231, or the encoded words that many programs put there.
                    if random.random() < .5: p.add_header("Content-Disposition", "attachment", filename=("utf-8", "", n))
                    else: p["Content-Disposition"] = 'attachment; filename="%s"' % Header(n, "utf-8", maxlinelen=1000).encode()
                    m.attach(p)
            m["From"] = "=?utf-8?q?Carla_D=C3=ADaz?= <carla@example.com>"
            m["Subject"] = Header(subject, name)
        m["Message-ID"] = f"<{seed}.{index}@example.com>"
        raw = m.as_bytes()
        open(f"{folder}/{index:02}.eml", "wb").write(raw)

        # And now as Python reads it back.
        back = email.message_from_bytes(raw, policy=policy.default)
        plain = back.get_body(("plain",))
        payload = plain.get_payload(decode=True)
        read = payload.decode(plain.get_content_charset() or "ascii").replace("\r\n", "\n").strip("\n")
        got = []
        for part in back.walk():
            if part.get_filename() is None: continue
            raw_name = part.get_filename()
            n = str(make_header(decode_header(raw_name))) if "=?" in raw_name and style == "legacy" else raw_name
            content = part.get_payload(decode=True)
            got.append([n, len(content), hashlib.sha256(content).hexdigest()])
        title = collapse(str(make_header(decode_header(email.message_from_bytes(raw)["Subject"]))))
        json.dump({"title": title, "text": "\n".join(read.rstrip().split("\n")), "files": got}, open(f"{folder}/{index:02}.json", "w"))
    """#
}
