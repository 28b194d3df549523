import Catalogue
import Documents
import GoTemplate
import Helm

/// The bodies that chats and webhooks are sent.
enum ChatMessage {
    private static let mostLines = 20

    static func title(_ notices: [Notice], _ subject: String) -> String {
        let counts = PolicySeverity.allCases.map { severity in (severity, notices.count { $0.severity == severity }) }
        let parts = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
        return "lintel: \(notices.count) violation\(notices.count == 1 ? "" : "s") in \(subject) (\(parts))"
    }

    private static func rest(_ notices: [Notice]) -> String? {
        notices.count > mostLines ? "and \(notices.count - mostLines) more" : nil
    }

    /// Slack's message with blocks (https://api.slack.com/reference/block-kit), which Mattermost and Rocket.Chat take too.
    static func slack(_ notices: [Notice], _ subject: String) -> String {
        func escaped(_ text: String) -> String {
            text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("`", with: "'")
        }
        let lines = notices.prefix(mostLines).map { notice in
            "• *\(notice.severity.rawValue)* \(escaped(notice.resource)): \(escaped(notice.message)) (`\(escaped(notice.policy))`) `\(escaped(notice.place))`"
        }
        return json { arena in
            // A block holds 3000 characters.
            var blocks: [String] = []
            for line in lines + [rest(notices)].compactMap(\.self) {
                let line = String(line.prefix(2_800))
                if let last = blocks.last, last.count + line.count < 2_900 {
                    blocks[blocks.count - 1] += "\n" + line
                } else {
                    blocks.append(line)
                }
            }
            func section(_ text: String) -> Value {
                arena.object([
                    "type": arena.string("section"),
                    "text": arena.object(["type": arena.string("mrkdwn"), "text": arena.string(text)]),
                ])
            }
            let title = title(notices, subject)
            return arena.object([
                "text": arena.string(title), "blocks": arena.array(([("*\(escaped(title))*")] + blocks).prefix(48).map(section)),
            ])
        }
    }

    /// An adaptive card for a workflow of Microsoft Teams.
    static func teams(_ notices: [Notice], _ subject: String) -> String {
        json { arena in
            func block(_ text: String, isTitle: Bool = false) -> Value {
                arena.object([
                    "type": arena.string("TextBlock"), "text": arena.string(text), "wrap": .bool(true),
                    "weight": arena.string(isTitle ? "Bolder" : "Default"),
                ])
            }
            func escaped(_ text: String) -> String {
                var result = ""
                for character in text {
                    if "\\`*_[]<>#~|".contains(character) { result += "\\" }
                    result.append(character)
                }
                return result
            }
            let lines = notices.prefix(mostLines).map { notice in
                "**\(notice.severity.rawValue)** \(escaped(notice.resource)): \(escaped(notice.message)) (\(escaped(notice.policy))) \(escaped(notice.place))"
            }
            let body =
                [block(escaped(title(notices, subject)), isTitle: true)]
                + (lines + [rest(notices)].compactMap(\.self)).map { block($0) }
            let card = arena.object([
                "$schema": arena.string("http://adaptivecards.io/schemas/adaptive-card.json"),
                "type": arena.string("AdaptiveCard"),
                "version": arena.string("1.4"), "body": arena.array(body),
            ])
            return arena.object([
                "type": arena.string("message"),
                "attachments": arena.array([
                    arena.object([
                        "contentType": arena.string("application/vnd.microsoft.card.adaptive"), "content": card,
                    ])
                ]),
            ])
        }
    }

    /// The body of a webhook without a template.
    static func webhook(_ notices: [Notice], _ subject: String) -> String {
        json { arena in
            arena.object([
                "title": arena.string(title(notices, subject)), "subject": arena.string(subject),
                "violations": arena.array(
                    notices.map { notice in
                        arena.object([
                            "fingerprint": arena.string(notice.fingerprint), "policy": arena.string(notice.policy),
                            "name": arena.string(notice.policyName), "severity": arena.string(notice.severity.rawValue),
                            "message": arena.string(notice.message), "resource": arena.string(notice.resource),
                            "file": arena.string(notice.file), "line": .int(notice.line),
                            "remediation": arena.string(notice.remediation),
                        ])
                    }),
            ])
        }
    }

    /// A template filled in: `.title`, `.subject`, and for each of `.violations` what the body without a template has. It may call
    /// what templates of Helm may, such as `toJson`.
    static func filled(_ template: String, _ notices: [Notice], _ subject: String) throws -> String {
        var set = TemplateSet(functions: FunctionTable.core)
        try set.parse(TemplateSource(name: "template", bytes: Array(template.utf8)))
        var limits = TemplateRun.Limits()
        (limits.depth, limits.output) = (100, 4 << 20)
        let run = TemplateRun(set, limits: limits)
        guard let body = set["template"] else { return "" }
        let violations = notices.map { notice in
            GoValue.map(
                GoMap([
                    ("fingerprint", .string(notice.fingerprint)), ("policy", .string(notice.policy)),
                    ("name", .string(notice.policyName)), ("severity", .string(notice.severity.rawValue)),
                    ("message", .string(notice.message)), ("resource", .string(notice.resource)), ("file", .string(notice.file)),
                    ("line", .int(notice.line)), ("remediation", .string(notice.remediation)),
                ]))
        }
        let data = GoMap([
            ("title", GoValue.string(title(notices, subject))), ("subject", .string(subject)), ("violations", .list(violations)),
        ])
        return String(decoding: try run.execute(body, .map(data)).bytes, as: UTF8.self)
    }

    static func json(_ make: (Arena) -> Value) -> String {
        let document = Document { make($0) }
        return document.withRoot { JSONWriter.string($0) }
    }
}
