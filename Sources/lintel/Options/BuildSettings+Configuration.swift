import Catalogue
import HelmCrypto
import Inputs
import Renderings

extension BuildSettings {
    /// These settings with what the configuration says about builds, for a run in the current folder.
    func configured(by configuration: Configuration) -> BuildSettings {
        var settings = self
        settings.workingFolder = DiskFiles().resolve(".")?.path ?? "/"
        settings.functions = { HelmCrypto.table }
        settings.localCharts = configuration.charts
        settings.repositoryURLs = configuration.repositories
        if !configuration.repositories.isEmpty, let path = configuration.path {
            settings.repositoryRoot = FilePath.folder(of: path)
        }
        for (chart, sets) in configuration.valueSets {
            guard let path = DiskFiles().resolve(chart)?.path else { continue }
            settings.valueSets[path] = sets.map { BuildSettings.ValueSet(name: $0.name, files: $0.files) }
        }
        return settings
    }
}
