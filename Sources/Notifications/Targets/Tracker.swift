import Diagnostics
import Documents
import Text

/// Issues of GitHub, GitLab or Jira: what is asked of their interfaces, and how the answers read.
struct Tracker {
    let target: NotificationSettings.Target
    let scope: String

    private var isMarkdown: Bool { target.kind != .jira }
    private static let mostPages = 100

    /// The path of the project's issues.
    private var issues: String {
        switch target.kind {
        case .gitlab: "/api/v4/projects/\(Self.encoded(target.project))/issues"
        case .jira: "/rest/api/2/issue"
        default: "/repos/\(target.project)/issues"
        }
    }

    private static func encoded(_ text: String) -> String {
        var output: [UInt8] = []
        for byte in text.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~".utf8.contains(byte)
            if isPlain { output.append(byte) } else { PercentEncoding.append(byte, to: &output) }
        }
        return String(decoding: output, as: UTF8.self)
    }

    // MARK: Open issues

    /// The open issues of this scope, by fingerprint.
    func open(_ courier: Courier) throws(Courier.Failure) -> [String: IssueText.Known] {
        var known: [String: IssueText.Known] = [:]
        var next: String? = nil
        for page in 1...Self.mostPages {
            let (items, more) = try self.page(page, after: next, courier)
            for item in items { known[item.fingerprint] = known[item.fingerprint] ?? item }
            guard let more else { break }
            next = more
        }
        return known
    }

    /// The issues of a page, and how to get the next one; nil for the last.
    private func page(
        _ number: Int, after token: String?, _ courier: Courier
    ) throws(Courier.Failure) -> (items: [IssueText.Known], next: String?) {
        let answer: [UInt8]
        switch target.kind {
        case .gitlab:
            answer = try courier.send(
                "GET", "\(issues)?state=opened&labels=\(Self.encoded(target.label))&per_page=100&page=\(number)", nil)
        case .jira:
            let query =
                "project = \"\(Self.quoted(target.project))\" AND labels = \"\(Self.quoted(target.label))\" AND statusCategory != Done ORDER BY key"
            let body = ChatMessage.json { arena in
                var members: [(String, Value)] = [
                    ("jql", arena.string(query)), ("maxResults", .int(100)),
                    ("fields", arena.array([arena.string("description")])),
                ]
                if isCloud {
                    if let token { members.append(("nextPageToken", arena.string(token))) }
                } else {
                    members.append(("startAt", .int((number - 1) * 100)))
                }
                return arena.object(members.map { ObjectEntry(key: arena.string($0.0), value: $0.1) })
            }
            answer = try courier.send("POST", isCloud ? "/rest/api/2/search/jql" : "/rest/api/2/search", body)
        default:
            answer = try courier.send(
                "GET", "\(issues)?state=open&labels=\(Self.encoded(target.label))&per_page=100&page=\(number)", nil)
        }
        guard let document = try? JSONReader.read(SourceFile(path: "", bytes: answer)) else {
            throw Courier.Failure(reason: "\(target.name) does not answer in JSON", mayPass: false)
        }
        return document.withRoot { read($0, number) }
    }

    /// The cloud's interface goes on by tokens, that of a server by numbers.
    private var isCloud: Bool { !target.userVariable.isEmpty }

    private static func quoted(_ text: String) -> String { text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") }

    private func read(_ root: Value, _ number: Int) -> (items: [IssueText.Known], next: String?) {
        let list = root.kind == .object ? root.field("issues") : root
        let issues = list.kind == .array ? list.elements.filter { $0.kind == .object } : []
        let items = issues.compactMap { issue -> IssueText.Known? in
            let id: Value, text: Value
            switch target.kind {
            case .gitlab: (id, text) = (issue.field("iid"), issue.field("description"))
            case .jira:
                let fields = issue.field("fields")
                (id, text) = (issue.field("key"), fields.kind == .object ? fields.field("description") : .undefined)
            // Pull requests are issues too.
            default:
                (id, text) =
                    issue.field("pull_request").isDefined
                    ? (.undefined, .undefined) : (issue.field("number"), issue.field("body"))
            }
            guard let text = text.stringValue else { return nil }
            let name = id.stringValue ?? id.intValue.map { String($0) }
            return name.flatMap { IssueText.known($0, text, scope: scope) }
        }
        var next: String? = issues.count == 100 ? String(number + 1) : nil
        if target.kind == .jira, isCloud { next = root.field("nextPageToken").stringValue }
        return (items, next)
    }

    // MARK: Changes

    /// Makes an issue.
    func creation(_ notice: Notice) -> Outgoing {
        let title = IssueText.title(notice), text = IssueText.body(notice, scope: scope, isMarkdown: isMarkdown)
        let body = ChatMessage.json { arena in
            switch target.kind {
            case .gitlab:
                return arena.object([
                    "title": arena.string(title), "description": arena.string(text), "labels": arena.string(target.label),
                ])
            case .jira:
                let fields = arena.object([
                    "project": arena.object(["key": arena.string(target.project)]), "summary": arena.string(title),
                    "description": arena.string(text), "issuetype": arena.object(["name": arena.string(target.issueType)]),
                    "labels": arena.array([arena.string(target.label)]),
                ])
                return arena.object(["fields": fields])
            default:
                return arena.object([
                    "title": arena.string(title), "body": arena.string(text), "labels": arena.array([arena.string(target.label)]),
                ])
            }
        }
        return Outgoing(target: target.name, path: issues, body: body, what: "create an issue: \(title)")
    }

    /// Brings the text of an issue up to date; nil when it is.
    func update(_ known: IssueText.Known, _ notice: Notice) -> Outgoing? {
        if known.digest == IssueText.digest(notice, scope: scope, isMarkdown: isMarkdown) { return nil }
        let title = IssueText.title(notice), text = IssueText.body(notice, scope: scope, isMarkdown: isMarkdown)
        let what = "update issue \(known.id)"
        switch target.kind {
        case .gitlab:
            let body = ChatMessage.json { $0.object(["title": $0.string(title), "description": $0.string(text)]) }
            return Outgoing(target: target.name, method: "PUT", path: "\(issues)/\(known.id)", body: body, what: what)
        case .jira:
            let body = ChatMessage.json { arena in
                arena.object(["fields": arena.object(["summary": arena.string(title), "description": arena.string(text)])])
            }
            return Outgoing(target: target.name, method: "PUT", path: "\(issues)/\(known.id)", body: body, what: what)
        default:
            let body = ChatMessage.json { $0.object(["title": $0.string(title), "body": $0.string(text)]) }
            return Outgoing(target: target.name, method: "PATCH", path: "\(issues)/\(known.id)", body: body, what: what)
        }
    }

    /// Says why and closes an issue; Jira closes by one of the transitions that it names.
    func closing(_ known: IssueText.Known, isAccepted: Bool, _ courier: Courier?) throws(Courier.Failure) -> [Outgoing] {
        let reason = isAccepted ? "The violation is accepted by an exception." : "The violation is gone."
        let comment: Outgoing, path = "\(issues)/\(known.id)"
        let note = ChatMessage.json { $0.object(["body": $0.string(reason)]) }
        comment = Outgoing(
            target: target.name,
            path: path + (target.kind == .gitlab ? "/notes" : target.kind == .jira ? "/comment" : "/comments"),
            body: note, what: "comment on issue \(known.id): \(reason)")
        let what = "close issue \(known.id)"
        switch target.kind {
        case .gitlab:
            let body = ChatMessage.json { $0.object(["state_event": $0.string("close")]) }
            return [comment, Outgoing(target: target.name, method: "PUT", path: path, body: body, what: what)]
        case .jira:
            guard let courier else {
                return [comment, Outgoing(target: target.name, path: path + "/transitions", body: "", what: what)]
            }
            let answer = try courier.send("GET", path + "/transitions", nil)
            guard let id = Self.closingTransition(answer) else {
                throw Courier.Failure(reason: "\(target.name) names no transition that ends issue \(known.id)", mayPass: false)
            }
            let body = ChatMessage.json { $0.object(["transition": $0.object(["id": $0.string(id)])]) }
            return [comment, Outgoing(target: target.name, path: path + "/transitions", body: body, what: what)]
        default:
            let body = ChatMessage.json { $0.object(["state": $0.string("closed"), "state_reason": $0.string("completed")]) }
            return [comment, Outgoing(target: target.name, method: "PATCH", path: path, body: body, what: what)]
        }
    }

    /// The first transition to a status of the category "done".
    private static func closingTransition(_ answer: [UInt8]) -> String? {
        guard let document = try? JSONReader.read(SourceFile(path: "", bytes: answer)) else { return nil }
        return document.withRoot { root in
            let list = root.kind == .object ? root.field("transitions") : .undefined
            guard list.kind == .array else { return nil }
            for item in list.elements where item.kind == .object && item.field("to").kind == .object {
                let category = item.field("to").field("statusCategory")
                if category.kind == .object, category.field("key").stringValue == "done" { return item.field("id").stringValue }
            }
            return nil
        }
    }
}
