import ArgumentParser
import Diagnostics
import HelmCrypto
import Inputs
import Kustomize
import Renderings

/// How kustomizations are built.
struct RenderOptions: ParsableArguments {
    /// What a kustomization may read, in kustomize's words.
    enum LoadRestrictor: String, ExpressibleByArgument, CaseIterable {
        case rootOnly = "LoadRestrictionsRootOnly"
        case none = "LoadRestrictionsNone"
    }

    @Option(
        name: .customLong("load-restrictor"),
        help: ArgumentHelp("Whether a kustomization may read files outside of its folder.", valueName: "rule"))
    var loadRestrictor: LoadRestrictor = .rootOnly

    @Flag(
        name: .customLong("enable-managedby-label"),
        help: "Add the label app.kubernetes.io/managed-by to all objects.")
    var addsManagedByLabel = false

    /// Builds a folder; shows problems and ends the command when there are errors.
    /// - Parameter keepsPlaces: whether it is asked where values come from.
    func build(_ folder: String, keepsPlaces: Bool) throws -> Build {
        let files = DiskFiles()
        var options = BuildOptions()
        (options.restrictsToRoot, options.keepsPlaces) = (loadRestrictor == .rootOnly, keepsPlaces)
        options.addsManagedByLabel = addsManagedByLabel
        options.workingFolder = files.resolve(".")?.path ?? "/"
        options.charts = KustomizeCharts(
            functions: { HelmCrypto.table }, workingFolder: options.workingFolder, isForUse: true)
        options.environment = { Console.environment($0) }
        let build = Kustomizer(options, files: files).build(folder)
        Console.show(build.problems, colour: .auto)
        if build.hasErrors { throw ExitCode(2) }
        return build
    }
}

extension RenderOptions {
    /// The options of arguments that need no parser; nil for a value that one cannot have.
    static func plain(_ plain: PlainArguments) -> RenderOptions? {
        var options = RenderOptions()
        options.loadRestrictor = .rootOnly
        for text in plain.values("load-restrictor") {
            guard let rule = LoadRestrictor(rawValue: text) else { return nil }
            options.loadRestrictor = rule
        }
        options.addsManagedByLabel = plain.has("enable-managedby-label")
        return options
    }
}
