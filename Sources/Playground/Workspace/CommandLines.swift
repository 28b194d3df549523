import Documents
import Inputs

/// The commands that do with an unpacked bundle what the page does.
enum CommandLines {
    /// `POST /api/command`.
    static func answer(_ call: APICall, _ limits: PlaygroundLimits) throws -> APIAnswer {
        let body = try call.document()
        defer { withExtendedLifetime(body) {} }
        let workspace = try Workspace(body.root, limits)
        let query = try MemberReader(body.root).string("query")
        return .json(
            .object([
                (
                    "commands",
                    .array(
                        commands(workspace, query).map { title, command in
                            .object([("title", .string(title)), ("command", .string(command))])
                        })
                )
            ]))
    }

    private static func commands(_ workspace: Workspace, _ query: String?) -> [(String, String)] {
        var commands: [(String, String)] = []
        let has = { (pane: Workspace.Pane) in !workspace[pane].isEmpty }
        if has(.policies), has(.inputs) || has(.sources) {
            let judged = [has(.inputs) ? " inputs" : "", has(.sources) ? " sources" : ""].joined()
            let title =
                has(.sources) ? "Check what the sources make\(has(.inputs) ? ", and the inputs" : "")" : "Check the inputs"
            commands.append((title, "lintel check --no-builtin --policy policies\(has(.data) ? " --policy data" : "")\(judged)"))
        }
        for folder in builtFolders(workspace).prefix(8) {
            commands.append(("Render \(folder)", "lintel render " + quoted("sources" + (folder == "." ? "" : "/" + folder))))
        }
        if has(.tests) {
            commands.append(
                (
                    "Run the tests",
                    "lintel test --coverage \(["policies", "tests"].joined(separator: " "))\(has(.data) ? " data" : "")"
                ))
        }
        if has(.policies) {
            commands.append(("Format the policies", "lintel fmt --write policies\(has(.tests) ? " tests" : "")"))
        }
        let expression = query.flatMap { $0.isEmpty ? nil : $0 } ?? "data"
        if has(.policies) {
            var command = "lintel eval --data policies\(has(.data) ? " --data data" : "")"
            if let input = workspace[.inputs].first { command += " --input " + quoted("inputs/\(input.path)") }
            commands.append(("Evaluate", command + " " + quoted(expression)))
        }
        return commands
    }

    /// The folders of charts and kustomizations, those inside of charts left out.
    private static func builtFolders(_ workspace: Workspace) -> [String] {
        let folders = Set(workspace[.sources].filter { BuiltFolder.isMark($0.path) }.map { FilePath.folder(of: $0.path) })
        return folders.filter { folder in !folders.contains { folder.hasPrefix($0 + "/charts/") } }.sorted()
    }

    /// As a word of a POSIX shell.
    static func quoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "._-/".utf8.contains(byte)
        }
        return plain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
