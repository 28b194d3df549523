/// One step that changes the resources of a kustomization.
struct Transformer {
    /// What `buildMetadata` says changed an object.
    var origin: BuildOrigin?
    var apply: (ResourceList) throws(BuildError) -> Void

    /// Runs the steps in order; after each, deleted objects are gone and all that are left remember it when asked to.
    static func run(_ steps: [Transformer], on list: ResourceList, _ context: BuildContext) throws(BuildError) {
        for step in steps {
            try context.checkCancelled()
            try step.apply(list)
            list.settle()
            guard let origin = step.origin else { continue }
            for resource in list.resources {
                if resource.buildOrigin == nil {
                    resource.buildOrigin = origin
                } else {
                    resource.transformations.append(origin)
                }
            }
        }
    }
}
