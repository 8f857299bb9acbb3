/** What cannot be done of what a task says in tasks.json. */
export const definitionProblems = {
  service: 'The task does not say what to deploy. Set "service" to the name or the ID of a service.',
  commit: 'The task\'s "commit" is none. Set it to "HEAD", to "newest" or to the SHA of a commit.',
  image: 'The task\'s "image" is none. Set it to a tag, such as "1.5", or to a digest.',
  clearCache: 'The task\'s "clearCache" is neither true nor false.',
  wait: 'The task\'s "wait" is neither true nor false.',
  deployMode: 'The task\'s "deployMode" is none. Set it to "build_and_deploy" or to "deploy_only".',
  commitAndImage:
    'A service is built from a commit or runs an image, so the task can name only one of them. Take "commit" or "image" out.',
  deployOnly:
    'With "deploy_only" the last successful build is deployed once more, so there is no commit or image to choose and no cache to clear. Take them out, or take "deployMode" out.',
} as const;

export type DefinitionProblem = keyof typeof definitionProblems;
