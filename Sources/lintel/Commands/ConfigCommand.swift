import ArgumentParser
import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Reports
import Text

/// `lintel config`: what `lintel.yaml` files say.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Show what configuration holds for a file, write a first one, or print its schema.",
        subcommands: [Show.self, Initialize.self, Schema.self])

    /// `lintel config show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Tell what configuration holds for a file, and where each setting is written.",
            discussion: """
                Settings of nearer files win: those that a lintel.yaml extends, its own, its overrides for the file, then the \
                lintel.yaml files of the folders between it and the file. Exit codes: 0, or 2 when a file is not in order.
                """)

        enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

        @Argument(help: ArgumentHelp("A file or folder; the current folder when none is given.", valueName: "path"))
        var path = "."

        @OptionGroup var policies: PolicyOptions

        @Option(help: "How it is written.")
        var format: Format = .text

        func run() throws {
            var setup = try policies.choice().load()
            guard let status = try? FileSystem.status(of: path) else {
                Console.fail("cannot read \(path): no such file or folder")
                throw ExitCode(2)
            }
            let file = status.kind == .folder ? FilePath.join(path, "a.yaml") : path
            let files = setup.readLayers(for: [file])
            if setup.problems.contains(where: { $0.severity == .error }) {
                Console.show(setup.problems, colour: .auto)
                throw ExitCode(2)
            }
            let numbers = setup.layers.numbers(for: file)
            let held = SettingList(
                setup.layers.configuration(setup.configuration, numbers), of: file, base: setup.configuration, set: setup.set,
                profiles: policies.profiles)
            let sources =
                [setup.configuration.path, setup.floor?.path].compactMap(\.self).filter { !$0.isEmpty } + files.sorted()
            let isLeftOut = status.kind != .folder && setup.layers.leavesOut(path, setup.configuration)
            Console.print(format == .json ? held.json(path, sources, isLeftOut) : held.text(path, sources, isLeftOut))
            Console.show(setup.problems, colour: .auto)
        }
    }

    /// `lintel config init`.
    struct Initialize: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init", abstract: "Write a commented lintel.yaml for what is in the current folder.",
            discussion: "Asks nothing. Exit codes: 0 written, 2 there is one already, or it cannot be written.")

        @Option(name: .shortAndLong, help: ArgumentHelp("The file.", valueName: "file"))
        var output = "lintel.yaml"

        @Flag(help: "Replace a file that is there.")
        var force = false

        func run() throws {
            if !force, (try? FileSystem.status(of: output)) != nil {
                Console.fail("there is a \(output) already; --force replaces it")
                throw ExitCode(2)
            }
            let first = FirstConfiguration(of: ".")
            try Console.write(first.text, toFile: output)
            Console.print("Wrote \(output): \(first.summary).\n")
        }
    }
}

extension ConfigCommand {
    /// `lintel config schema`.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "schema", abstract: "Print the JSON Schema of lintel.yaml, for editors.",
            discussion: """
                It names the built-in policies and those of --policy and lintel.yaml, with their parameters, so that editors \
                complete and check them. Exit codes: 0, or 2 when a policy is not in order.
                """)

        @OptionGroup var policies: PolicyOptions

        func run() throws {
            let setup = try policies.choice().load()
            // A lintel.yaml that is not in order is what the schema is wanted for.
            let problems = setup.problems.filter { $0.code != "configuration_error" }
            if problems.contains(where: { $0.severity == .error }) {
                Console.show(problems, colour: .auto)
                throw ExitCode(2)
            }
            Console.print(ConfigurationSchema.text(naming: setup.set.all))
        }
    }
}

/// The settings that hold for a file, each with the place that it comes from.
private struct SettingList {
    private struct Entry {
        var name: String
        var value: String
        var place: String
    }

    private var entries: [Entry] = []

    /// - Parameter path: the file.
    init(_ held: Configuration, of path: String, base: Configuration, set: PolicySet, profiles: [String]) {
        func add(_ name: String, _ value: String, _ key: String? = nil, default isDefault: Bool = false) {
            let range = held.places[key ?? name]
            let place = range.map { "\($0.file.path):\($0.position.line)" } ?? (isDefault ? "default" : "command line or floor")
            entries.append(Entry(name: name, value: value, place: place))
        }
        if profiles.isEmpty {
            add("profile", (held.profiles ?? PolicySelection().profiles).joined(separator: ", "), default: held.profiles == nil)
        } else {
            entries.append(Entry(name: "profile", value: profiles.joined(separator: ", "), place: "command line"))
        }
        add("failOn", (held.failOn ?? .error).rawValue, default: held.failOn == nil)
        add(
            "kubernetesVersion", held.kubernetesVersion?.text ?? KubernetesVersion.newest.text,
            default: held.kubernetesVersion == nil)
        if let version = held.podSecurityVersion { add("podSecurityVersion", version.text) }
        if let missing = held.missingSchemas { add("missingSchemas", missing.rawValue) }
        if let count = held.maxFindings { add("maxFindings", String(count)) }
        for (name, globs) in [("include", base.include), ("exclude", base.exclude)] where !globs.isEmpty {
            add(name, globs.map(\.glob.text).joined(separator: ", "))
        }
        if !held.failOnSkip.isEmpty { add("failOnSkip", held.failOnSkip.map(\.id).joined(separator: ", ")) }
        for policy in set.all {
            let name = "\(policy.id) \(policy.slug)"
            if held.skip.contains(policy.id) { add("skip \(name)", "true", Setting.of("skip", policy.id)) }
            if let severity = held.severities[policy.id] {
                add("severity of \(name)", severity.rawValue, Setting.of("severity", policy.id))
            }
            for (parameter, value) in (held.parameters[policy.id] ?? [:]).sorted(by: { $0.key < $1.key }) {
                add("parameter \(parameter) of \(name)", JSONWriter.string(value), Setting.of("parameters", policy.id))
            }
        }
        let file = FileSystem.plainAbsolute(path)
        for entry in held.exceptions where entry.folder.isEmpty || file.hasPrefix(entry.folder) {
            let place = entry.range.map { "\($0.file.path):\($0.position.line)" } ?? ""
            entries.append(
                Entry(name: "exception", value: "\(entry.policies.joined(separator: ", ")): \(entry.reason)", place: place))
        }
    }

    func text(_ path: String, _ sources: [String], _ isLeftOut: Bool) -> String {
        var output = "Configuration of \(path): \(sources.isEmpty ? "no file" : sources.joined(separator: ", "))\n"
        if isLeftOut { output += "The file is left out by include or exclude.\n" }
        let width = entries.map(\.name.count).max() ?? 0
        for entry in entries {
            let name = entry.name + String(repeating: " ", count: width - entry.name.count)
            output += "  \(name)  \(entry.value)  (\(entry.place))\n"
        }
        return DisplayText.escapedLines(output, indent: "")
    }

    func json(_ path: String, _ sources: [String], _ isLeftOut: Bool) -> String {
        let document = Document { arena in
            arena.object([
                "path": arena.string(path), "files": arena.array(sources.map { arena.string($0) }),
                "leftOut": .bool(isLeftOut),
                "settings": arena.array(
                    entries.map { entry in
                        arena.object([
                            "setting": arena.string(entry.name), "value": arena.string(entry.value),
                            "from": arena.string(entry.place),
                        ])
                    }),
            ])
        }
        return document.withRoot { JSONWriter.string($0, style: .pretty) } + "\n"
    }
}
