/// What a kustomization has gathered: objects, settings for transformers, variables.
final class Accumulator {
    let list = ResourceList()
    var settings = TransformerSettings()
    var variables = Variables()

    /// Takes over what another kustomization has gathered.
    func merge(_ other: Accumulator) throws(BuildError) {
        try list.append(contentsOf: other.list.resources)
        try settings.merge(other.settings)
        try variables.merge(other.variables.all)
    }
}
