import Catalogue
import HelmCrypto
import Inputs
import Kustomize
import Renderings

extension BuildSettings {
    /// These settings with what the configuration says about builds, for a run in the current folder or another one.
    func configured(by configuration: Configuration, in folder: String? = nil) -> BuildSettings {
        var settings = self
        settings.workingFolder = folder ?? DiskFiles().resolve(".")?.path ?? "/"
        settings.functions = { HelmCrypto.table }
        settings.localCharts = configuration.charts
        settings.repositoryURLs = configuration.repositories
        if !configuration.repositories.isEmpty, let path = configuration.path {
            settings.repositoryRoot = FilePath.folder(of: path)
        }
        for (chart, sets) in configuration.valueSets {
            guard let path = DiskFiles().resolve(SlashPath.join(settings.workingFolder, chart))?.path else { continue }
            settings.valueSets[path] = sets.map { BuildSettings.ValueSet(name: $0.name, files: $0.files) }
        }
        return settings
    }
}
