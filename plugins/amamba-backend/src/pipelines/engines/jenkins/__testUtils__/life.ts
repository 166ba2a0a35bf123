/** A Jenkinsfile with artifacts, a test report, a parallel and an input with a parameter. */
export const LIFE = `
pipeline {
  agent any
  stages {
    stage('Build') {
      steps {
        echo "hello \${params.WHO}"
        sh '''
          mkdir -p out
          echo data > 'out/a b.txt'
          cat > TEST-a.xml <<'END'
<testsuite name="cart"><testcase classname="Cart" name="adds" time="0.25"/><testcase classname="Cart" name="pays"><failure message="expected 1">trace</failure></testcase><testcase classname="Cart" name="ships"><skipped/></testcase></testsuite>
END
        '''
        archiveArtifacts artifacts: 'out/**'
        junit 'TEST-*.xml'
      }
    }
    stage('Tests') {
      parallel {
        stage('unit') { steps { echo 'unit is done' } }
        stage('e2e') { steps { echo 'e2e is done' } }
      }
    }
    stage('Approve') {
      input {
        message 'Ship it?'
        ok 'Ship'
        submitter 'ann,ops'
        parameters { string(name: 'TARGET', defaultValue: 'dev') }
      }
      steps { echo "to \${TARGET}" }
    }
    stage('Ship') { steps { echo 'shipped' } }
  }
}
`;
