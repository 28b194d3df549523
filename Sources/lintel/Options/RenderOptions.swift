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
    func build(_ folder: String) throws -> Build {
        let files = DiskFiles()
        var options = BuildOptions()
        options.restrictsToRoot = loadRestrictor == .rootOnly
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
