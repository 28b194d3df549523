import Diagnostics
import Documents
import Foundation
import Kustomize
import TestSupport

/// A case of the public rendering suites: files, the folder to build, and what kustomize 5.8.1 prints.
struct RenderingCase: Decodable {
    struct Reason: Decodable {
        var how: String
        var text: String
    }

    var name: String
    var build: String
    var files: [String: String]
    var expected: String?
    var expectedBuild: String?
    var error: [Reason]?
    var cliError: String?
    var loadRestrictor: String?
    var managedByLabel: Bool?
    var ambiguous: String?

    enum CodingKeys: String, CodingKey {
        case name, build, files, expected, error, ambiguous
        case expectedBuild = "expected_build"
        case cliError = "cli_error"
        case loadRestrictor = "load_restrictor"
        case managedByLabel = "managed_by_label"
    }

    static func all(_ set: String) throws -> [RenderingCase] {
        try ConformanceData.files(below: "rendering/kustomize/\(set)", suffix: ".json").map {
            try JSONDecoder().decode(RenderingCase.self, from: Data(contentsOf: $0))
        }
    }

    func run() -> Build {
        var options = BuildOptions()
        options.restrictsToRoot = loadRestrictor == nil
        options.addsManagedByLabel = managedByLabel ?? false
        options.workingFolder = "/repository"
        return Self.build(files, build, options)
    }

    /// Builds a folder of files in memory.
    static func build(_ files: [String: String], _ folder: String = ".", _ options: BuildOptions? = nil) -> Build {
        var chosen = BuildOptions()
        chosen.workingFolder = "/repository"
        let memory = MemoryFiles(
            Dictionary(uniqueKeysWithValues: files.map { ("/repository/" + SlashPath.clean($0.key), Array($0.value.utf8)) }))
        return Kustomizer(options ?? chosen, files: memory).build(SlashPath.join("/repository", folder))
    }
}

extension Build {
    /// The messages of errors.
    var errors: String { problems.filter { $0.severity == .error }.map(\.message).joined(separator: "\n") }
}
