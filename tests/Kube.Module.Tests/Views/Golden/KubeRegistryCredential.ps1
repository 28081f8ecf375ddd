$old = $env:DOCKER_AUTH_CONFIG
try {
    $env:DOCKER_AUTH_CONFIG = '{"auths":{"ghcr.io":{"auth":"a3ViZTpodW50ZXIy"},"a-registry-with-a-long-name.eu-central-1.example.com:5000/team":{"auth":"c29tZWJvZHktd2l0aC1hLWxvbmctbmFtZUBleGFtcGxlLmNvbTpodW50ZXIy"}}}'
    $credentials = Get-KubeRegistryCredential | Where-Object Source -like '*DOCKER_AUTH_CONFIG*'
}
finally { $env:DOCKER_AUTH_CONFIG = $old }
$credentials
