import ConfigurationFormats
import Diagnostics
import Documents
import Inputs
import Kustomize
package import RegoRuntime
import Text

/// The functions that Conftest adds to Rego: they read configuration from texts and from files beside the policy.
package enum ConfigurationBuiltins {
    /// The table with the functions.
    package static func added(to table: BuiltinTable) -> BuiltinTable { BuiltinTable(table.builtins + all) }

    private static let json = RegoType.object(.string, .any)

    private static let all: [Builtin] = [
        Builtin(
            "parse_config", help: "(format, text) What a text in a format of configuration files holds.", .string, .string,
            returns: .any, work: .content(perKibibyte: 1024, base: 1000)
        ) { call in
            guard let format = call.text(0), let text = call.text(1) else { return .undefined }
            guard let format = ConfigurationFormat(rawValue: format) else { return call.fail("unknown parser: \(format)") }
            return read(SourceFile(path: "<text>", bytes: Array(text.utf8)), format, &call)
        },
        Builtin(
            "parse_config_file", help: "(path) What a configuration file holds; the path is relative to the policy's folder.",
            .string, returns: .any, nondeterministic: true, work: .content(perKibibyte: 1024, base: 10_000)
        ) { call in
            guard let path = call.text(0) else { return .undefined }
            guard let (place, format) = file(path, &call), let bytes = bytes(place, &call) else { return .undefined }
            return read(SourceFile(path: place, bytes: bytes), format, &call)
        },
        Builtin(
            "parse_combined_config_files",
            help: "(paths) What configuration files hold, as a list of objects with path and contents.", .array(of: .string),
            returns: .any, nondeterministic: true, work: .content(perKibibyte: 1024, base: 10_000)
        ) { call in
            guard let list = call.arrayOperand(0) else { return .undefined }
            var files: [(path: String, contents: [Value])] = []
            for element in list.elements {
                guard let path = element.stringValue else { return call.fail("the paths must be strings") }
                guard let (place, format) = file(path, &call), let bytes = bytes(place, &call) else { return .undefined }
                guard let contents = documents(SourceFile(path: place, bytes: bytes), format, &call) else { return .undefined }
                files.append((place, contents))
            }
            files.sort { ExactText.precedes($0.path, $1.path) }
            let arena = call.arena
            return arena.array(
                files.flatMap { file in
                    file.contents.map { arena.object(["path": arena.string(file.path), "contents": $0]) }
                })
        },
    ]

    /// A path beside the policy that calls, and the format of the file.
    private static func file(_ path: String, _ call: inout BuiltinCall) -> (String, ConfigurationFormat)? {
        guard let policy = call.context.callFile() else {
            _ = call.fail("the folder of the policy is not known")
            return nil
        }
        let place = SlashPath.clean(path.hasPrefix("/") ? path : FilePath.join(FilePath.folder(of: policy), path))
        switch ConfigurationFormat.kind(ofNamed: place) {
        case .format(let format): return (place, format)
        case .unread(let name): _ = call.fail("\(place): files of the format \(name) are not read")
        case .other: _ = call.fail("\(place): the format of the file is not known")
        }
        return nil
    }

    private static func bytes(_ path: String, _ call: inout BuiltinCall) -> [UInt8]? {
        do throws(FileError) { return try FileSystem.read(path) } catch {
            _ = call.fail("cannot read \(path): \(error.reason)")
            return nil
        }
    }

    private static func documents(
        _ source: SourceFile, _ format: ConfigurationFormat, _ call: inout BuiltinCall
    ) -> [Value]? {
        let (documents, problems) = format.read(source)
        if let problem = problems.first {
            let line = problem.range.map { ", line \($0.position.line)" } ?? ""
            _ = call.fail("\(source.path)\(line): \(problem.message)")
            return nil
        }
        return documents.map { call.arena.copy($0.root) }
    }

    private static func read(_ source: SourceFile, _ format: ConfigurationFormat, _ call: inout BuiltinCall) -> Value {
        guard let found = documents(source, format, &call) else { return .undefined }
        return found.count == 1 ? found[0] : call.arena.array(found)
    }
}
